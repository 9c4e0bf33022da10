import { aMessage } from '../build.ts';
import { daysAgo, logged, seenIn } from '../demo-message.ts';
import type { DemoMessage } from '../demo-message.ts';
import { aPdf } from '../files.ts';
import { ANA, CHEN, HENRIK, IRINA, KLARA, TANAKA } from '../people.ts';

/** Customers who write in their own language: the bytes are really in the charset that the message names. */
export const CHARSETS: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(9, '01:10'),
    raw: aMessage({
      from: TANAKA,
      to: ANA,
      subject: '深煎りブレンドのサンプルについて',
      date: daysAgo(9, '01:10'),
      messageId: 'sample-hoshi@kissa-hoshi.example',
      charset: 'ISO-2022-JP',
      text:
        'Northwind Coffee ゾマー様\n\nお世話になっております。喫茶ほしの田中です。\n' +
        '先日お送りいただいた深煎りブレンドのサンプル、とても好評でした。\n' +
        '来月から毎週五キロを注文したいと思います。お見積りをお願いいたします。\n\n田中由紀\n',
    }),
    expect: logged('R70', 'ISO-2022-JP, seven-bit with escape sequences.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(9, '07:35'),
    raw: aMessage({
      from: IRINA,
      to: ANA,
      subject: 'Счёт за сентябрьскую поставку',
      date: daysAgo(9, '07:35'),
      messageId: 'invoice-september@zerno.example',
      charset: 'windows-1251',
      encoding: 'base64',
      text:
        'Здравствуйте, Анна!\n\nМы получили поставку, всё в порядке, спасибо. Пришлите, пожалуйста, счёт\n' +
        'отдельно на каждую кофейню: на Лесной и на Садовой.\n\nС уважением,\nИрина Волкова\n',
    }),
    expect: logged('R70', 'Windows-1251 in base64.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(8, '02:25'),
    raw: aMessage({
      from: CHEN,
      to: ANA,
      subject: '关于十月份的订单',
      date: daysAgo(8, '02:25'),
      messageId: 'october-order@chashan.example',
      charset: 'GB18030',
      encoding: 'base64',
      text: '安娜，您好！\n\n附件是我们十月份的订单，一共六十公斤浅烘焙咖啡豆。\n请在月底之前发货，谢谢！\n\n陈伟\n茶山咖啡\n',
      attachments: [aPdf('茶山咖啡十月份订单.pdf', ['Chashan Coffee', 'Order for October: 60 kg'])],
    }),
    expect: logged('R70', 'GB18030, and an RFC 2231 file name in Chinese.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(8, '13:50'),
    raw: aMessage({
      from: HENRIK,
      to: ANA,
      subject: 'Blåbær og fløte: smaksnotater fra Tromsø',
      date: daysAgo(8, '13:50'),
      messageId: 'smaksnotater@fjordbean.example',
      charset: 'ISO-8859-1',
      encoding: 'quoted-printable',
      text:
        'Hei Ana,\n\nvi smakte på den nye kaffen i går. Notatene våre: blåbær, fløte, litt røyk på slutten.\n' +
        'Gjestene på Sjøsiden ville ha mer. Kan du sende tjue kilo før påske?\n\nHilsen\nHenrik Sjøberg\n',
    }),
    expect: logged('R70', 'ISO-8859-1 in quoted-printable, subject and name too.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(7, '08:00'),
    raw: aMessage({
      from: KLARA,
      to: ANA,
      subject: 'Röstgrad für die Hausmischung – Rückfrage 🙂',
      date: daysAgo(7, '08:00'),
      messageId: 'roestgrad@xn--kaffeehaus-mller-uzb.example',
      encoding: 'base64',
      text:
        'Liebe Frau Sommer,\n\ndie letzte Lieferung war etwas dunkler als sonst. Können wir beim nächsten Mal\n' +
        'wieder zur helleren Röstung zurück? Meine Notizen hängen an.\n\nHerzliche Grüße\nKlara Müller\n',
      attachments: [
        aPdf('Verkostung der Hausmischung im Kaffeehaus Müller – Notizen für die Rösterei.pdf', [
          'Verkostung Hausmischung',
          'Heller, mehr Frucht, weniger Bitterkeit',
        ]),
      ],
    }),
    expect: logged(
      'R14 R70',
      'UTF-8 in base64; the IDN domain stands as xn--… in the message and with ü in the CRM; a long file name in segments.',
    ),
  }),
];

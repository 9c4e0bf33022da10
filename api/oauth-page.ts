import { createHash } from 'node:crypto';
import type { Response } from 'express';

/** What a person reads in the browser. Everything in it is text, never markup. */
export interface Page {
  readonly status: number;
  readonly title: string;
  readonly text: readonly string[];
  /** A button that goes on; only where the person has to decide. */
  readonly button?: { readonly label: string; readonly action: string; readonly leadsTo: string };
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1d2430}' +
  'h1{font-size:1.4rem}button{font:inherit;padding:.5rem 1rem}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** One page that needs nothing else: no script, nothing from elsewhere, in no frame, kept nowhere. */
export function sendPage(response: Response, page: Page): void {
  const { button } = page;
  // The way to the provider begins with the form, so its origin is named too (CSP 3 section 6.4.1).
  const formAction = button === undefined ? "'none'" : `'self' ${button.leadsTo}`;
  response
    .status(page.status)
    .set({
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      // With `no-referrer` the browser would send `Origin: null` with the form.
      'referrer-policy': button === undefined ? 'no-referrer' : 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .type('html')
    .send(toHtml(page));
}

function toHtml({ title, text, button }: Page): string {
  const form =
    button === undefined
      ? ''
      : `<form method="post" action="${escaped(button.action)}"><button>${escaped(button.label)}</button></form>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)} – Mailroom</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${text.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('')}${form}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

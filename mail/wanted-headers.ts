/**
 * The header fields that rules look at. HEADER.FIELDS knows no wildcards, so the Resent- and ARC- families are named
 * one by one.
 */
export const WANTED_HEADERS: readonly string[] = [
  ...['Message-ID', 'References', 'In-Reply-To', 'Date', 'Subject'],
  ...['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Bcc'],
  ...['Return-Path', 'Delivered-To', 'X-Original-To', 'Envelope-To', 'X-Forwarded-To'],
  ...['Resent-From', 'Resent-To', 'Resent-Cc', 'Resent-Message-ID', 'Resent-Date'],
  ...['Auto-Submitted', 'X-Auto-Response-Suppress', 'X-Autoreply', 'X-Autorespond', 'Precedence'],
  ...['List-Id', 'List-Unsubscribe', 'List-Post', 'Feedback-ID', 'X-Failed-Recipients'],
  ...['Content-Type', 'Sensitivity', 'X-Mailer', 'X-Loop', 'X-Mozilla-Draft-Info'],
  ...['X-Spam-Flag', 'X-Spam-Status', 'X-MS-Exchange-Organization-SCL', 'X-Microsoft-Antispam'],
  ...['X-Forefront-Antispam-Report', 'Authentication-Results', 'DKIM-Signature'],
  ...['ARC-Authentication-Results', 'ARC-Message-Signature', 'ARC-Seal', 'X-Mailroom-Id'],
];

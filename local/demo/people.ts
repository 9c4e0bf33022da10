/** The cast of the demo, as it stands in From and To lines. Addresses are reserved names (RFC 2606) but for gmail.com. */

export const ANA = 'Ana Sommer <ana@northwind-coffee.example>';
/** Ana's private alias: belongs to the workspace, and somebody made a contact of it (the self test, R10). */
export const ANA_ALIAS = 'a.sommer@northwind-coffee.example';
export const BEN = 'Ben Okafor <ben@northwind-coffee.example>';

export const JILL = 'Jill Marsh <jill@harbourlane.example>';
export const JILL_PRIVATE = 'Jill Marsh <jill.marsh@marshfamily.example>';
/** Not in the CRM, but at a domain of an account: becomes a contact (R30). */
export const ROSA = 'Rosa Lim <rosa.lim@harbourlane.example>';
export const HENRIK = 'Henrik Sjøberg <henrik@fjordbean.example>';
export const PRIYA = 'Priya Nair <priya.nair@oakridge-group.example>';
/** One address, two contacts (R16). */
export const REYES_ORDERS = 'Reyes Deli Orders <orders@reyesdeli.example>';
export const LENA = 'Lena Hart <lena.hart.studio@gmail.com>';
export const TANAKA = '田中由紀 <tanaka@kissa-hoshi.example>';
export const IRINA = 'Ирина Волкова <irina@zerno.example>';
export const CHEN = '陈伟 <chen.wei@chashan.example>';
export const KLARA = 'Klara Müller <klara@kaffeehaus-müller.example>';
export const MARGIT = 'Margit Aas <margit@kaffebrenneriet-nord.example>';

export const PUSHY = 'Victor Crane <victor@supplies-direct.example>';
export const COUNSEL = 'Dana Stone <dana@stonebridge-law.example>';
export const PAYROLL = 'Harbour Lane Payroll <payroll@harbourlane.example>';

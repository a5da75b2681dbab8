/**
 * What leads a reader away from the documents: addresses, names of hosts, mail, telephone numbers, and commands that fetch
 * something. A claim may hold none that the commit's own code does not have, however its dots are written.
 */

/** Signs that are read as a dot. */
const DOTS = /[\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\ufe52\uff0e\uff61]/g
const SCHEME =
  /\b[a-z][a-z0-9+.-]{1,20}\s*:\s*[/\\]\s*[/\\]|\b(?:javascript|data|vbscript|mailto|tel|sms|magnet|file):\S|\bwww\d?\s*\./i
/** `evil . example`, `evil[.]example`, `evil (dot) example`, `evil dot com`, `evil. com`; `the .env file` is none. */
const HIDDEN_DOT =
  /[\p{L}\p{N}]\s\.\s[\p{L}\p{N}]|[[({]\s?(?:\.|dot|punkt|point|punto)\s?[\])}]|[\p{L}\p{N}](?:\s?\.\s|\s\.|\s(?:dot|punkt)\s)(?:com|net|org|io|dev|info|xyz|example)\b/iu
const MAIL = /[\p{L}\p{N}._+-]\s*(?:@|[[({]\s*at\s*[\])}])\s*[\p{L}\p{N}-]+/iu
/** Labels with dots between them, the last one of letters; an address of IPv4. */
const HOST =
  /(?<![\p{L}\p{N}_.$-])(?:[\p{L}\p{N}_-]+\.)+(?:[\p{L}]{2,24}|xn--[\w-]+)(?![\p{L}\p{N}_(])|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/gu
const TELEPHONE =
  /(?<![\p{L}\p{N}_])(?:\+\s?\d|\(?0\d)[\d\s()./-]{5,}\d|(?<![\p{L}\p{N}_.])\d{3}[\s.-]\d{3,4}[\s.-]\d{3,4}(?![\p{L}\p{N}])/gu
const PIPED =
  /\|\s*(?:sudo\s+)?(?:(?:ba|z|k|da|a|c|tc|fi|pw)?sh|powershell|cmd|iex|python\d*|node|perl|ruby|php)\b|<\(|\$\(/i
const FETCHER = /\b(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|certutil|bitsadmin)\s(?:-\S|\S*[./]\S)/i
const INSTALL =
  /\b(?:pip3?|pipx|uvx?|npm|npx|pnpm|yarn|bunx?|gem|cargo|go|brew|apt(?:-get)?|dnf|apk|docker|conda|composer|nuget)\s+(?:install|add|run|get|i|pull|exec|require)\s+[\w@./:-]+|\bnpx\s+[\w@./:-]+/gi

/** Products that are written like hosts. */
const PRODUCT =
  /^(?:(?:node|vue|next|nuxt|react|three|d3|express|backbone|ember|moment|chart|alpine|deno)\.js|asp\.net|ado\.net|socket\.io|web3\.py)$/i

/**
 * @param text - A sentence, names of code included.
 * @param isInCode - Whether a text is a name of the commit, or its code holds it as it is.
 * @returns What is wrong with it, if anything.
 */
export function addressIn(text: string, isInCode: (text: string) => boolean): string | undefined {
  const plain = text.normalize('NFKC').replace(DOTS, '.')
  if (SCHEME.test(plain) || HIDDEN_DOT.test(plain) || MAIL.test(plain)) return 'an address; write none'
  if (PIPED.test(plain)) return 'a command; write none'
  const isForeign = (form: RegExp): boolean =>
    (plain.match(form) ?? []).some((found) => !PRODUCT.test(found) && !isInCode(found.trim()))
  if (isForeign(HOST)) return 'a name with dots that the code does not hold'
  if (isForeign(TELEPHONE)) return 'a telephone number; write none'
  if (isForeign(INSTALL) || (FETCHER.test(plain) && !isInCode(plain))) return 'a command; write none'
  return undefined
}

/**
 * Finds text that could lead readers away from the documents: URLs, host names, mail addresses, telephone numbers,
 * payment addresses, and commands that fetch or delete something. A claim may contain only those that occur in the
 * commit's own code, however its dots are disguised.
 */

import { isIPv6 } from 'node:net'
import { normalised } from './normalise.ts'

/** Characters that look like a dot. */
const DOTS =
  /[\u00b7\u02d9\u0387\u0589\u06d4\u0701\u0702\u0964\u1362\u1427\u166e\u16eb\u1803\u2022\u2024\u2027\u2219\u22c5\u25cf\u25e6\u2981\u2cf9\u2e31\u2e33\u30fb\u318d\ua4f8\ua78f\ufe52\uff0e]/g
/**
 * Characters that no language writes between two Latin letters or digits; any of them may pass for a dot. Missing here are
 * letters of the scripts that are written next to Latin ones, and punctuation that needs no spaces and resembles no dot.
 */
const NOT_IN_WORDS =
  /(?<=[\p{Script=Latin}0-9])[^\p{ASCII}\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Inherited}\sー‘’“”„‚«»‹›‐‑‒–—―…⁄′×÷±≤≥≠≈←-⇿€£¥§®、。「」『』【】《》〈〉]{1,4}(?=[\p{Script=Latin}0-9])/gu
/** Latin letters for clicks, which look like strokes and exclamation marks; accents without a letter. */
const NO_LETTERS = /[\u01c0-\u01c3]| [\u0307\u030a]/g
/** The halfwidth ideographic full stop, which Latin text does not use. */
const NARROW_DOT = /(?<=[\p{L}\p{N}])\uff61(?=[\p{L}\p{N}])/gu
/** The ideographic full stop between lower-case Latin letters: a new sentence would begin with a space or a capital. */
const DOT_IN_LATIN = /(?<=[a-z0-9-]{2})\u3002\s?(?=[a-z]{2})/g
/** The ideographic full stop ends sentences without a space; before a top-level domain it is a dot. */
const EAST_ASIAN_DOT =
  /\u3002\s?(?=(?:com|net|org|io|dev|info|xyz|example|ru|cn|jp|kr|tw|hk|de|app|site|online|top|club|shop|cc|tv|vip|me|co|ai|sh|su|to)(?![\p{L}\p{N}]))/giu
const SCHEME =
  /\b[a-z][a-z0-9+.-]{1,20}\s*:\s*[/\\]\s*[/\\]|\b(?:javascript|data|vbscript|mailto|tel|sms|magnet|file):\S|\bwww\d?\s*\.|\b(?:colon|doppelpunkt|slash|schrägstrich)\s(?:slash|schrägstrich)\b/i
/** `evil . example`, `evil[.]example`, `evil (dot) example`, but not `the .env file`. */
const HIDDEN_DOT = /[\p{L}\p{N}]\s\.\s[\p{L}\p{N}]|[[({]\s?(?:\.|dot|punkt|point|punto|ponto)\s?[\])}]/iu
/** `evil. com`: no sentence begins with these words. */
const DOT_AND_SPACE =
  /[\p{L}\p{N}](?:\s?\.\s|\s\.)(?:com|org|xyz|ru|cn|fr|uk|ua|cz|br|nl|biz|tk|cf|gq|icu)(?![\p{L}\p{N}])/iu
/** `evil. net`: a sentence could begin with these words, but capitalised. */
const DOT_AND_WORD =
  /(?:[\p{L}\p{N}](?<!\b(?:etc|cf|vs|resp|approx|incl|e\.g|i\.e))\.\s|[\p{L}\p{N}]\s\.)(?:net|io|dev|info|example|de|eu|ch|jp|kr|pl|su|cc|tv|ws|gg|sh|ai|co|ly|ml|ga|app|site|online|top|club|shop|store|tech|link|live|cloud|page|pro|onion|zip|mov|vip|buzz)(?![\p{L}\p{N}])/u
/** `evil. work`: a sentence begins with a capital, or with a name of code and a verb. */
const DOT_AND_SMALL =
  /[\p{L}\p{N}-]{2}\. ([a-z]{2,24})(?![\p{L}\p{N}_(]|\.[\p{L}\p{N}])(,| (?:is|are|was|were|and|or|must|can|may|should|will|has|have|[a-z]{2,20}s)\b)?/gu
/** Abbreviations, whose dot does not end a sentence. */
const SHORT =
  /(?<![\p{L}\p{N}])(?:abb|abs|al|approx|art|av|bsp|bspw|bzgl|bzw|ca|cf|ch|dept|dir|ed|eds|env|esp|est|etc|evtl|ex|excl|exkl|ext|figs?|ggf|incl|inkl|max|min|misc|no|nr|num|núm|opt|págs?|param|pp|prev|ref|resp|sect?|sog|spec|std|temp|tel|usw|vgl|viz|vol|vs|zzgl)$/iu
/** `evil-dot-com`, `evil {dot} com`, `evil _dot_ com`, but not `point-to-point`. */
const MARKED_DOT =
  /[\p{L}\p{N}]\s?[-_/\\~*|"'<{[(]{1,3}\s?(?:dot|punkt|punto|ponto|period|full stop|点)\s?[-_/\\~*|"'>}\])]{1,3}\s?[\p{L}\p{N}]/iu
/** `evil,example,com` */
const COMMA_AS_DOT = /[\p{L}\p{N}],(?:com|net|org|io|ru|cn|info|xyz|example)(?![\p{L}\p{N}])/iu
/** `github slash evil`, but not `a slash is` or `trailing slash or`. */
const SPOKEN_SLASH =
  /(?<!(?<![\p{L}\p{N}])(?:a|the|an|this|that|each|every|one|no|any|its|their|and|or|of|with|without|by|to|in|on|is|as|if|for|trailing|leading|final|last|first|forward|back|double|single|extra|missing|closing|initial|optional|redundant|der|den|dem|des|ein|einen|einem|kein|keinen|mit|ohne|und|oder|un|le|ce|du|sans|avec|et|ou|une|barre|la|una|el|con|sin|y|o|de))\s(?:slash|schrägstrich|barre oblique|barra)\s(?!(?:is|are|was|were|has|must|may|can|will|should|and|or|but|in|at|to|of|from|before|after|between|for|that|which|when|where|if|with|without|on|as|by|so|then|not|handling|characters?|redirects?|separat\p{L}{1,6}|behaviou?r|commands?|notation|wird|ist|sind|und|oder|am|im|an|vor|nach|hinter|zwischen|est|et|ou|en|à|au|dans|avant|après|final|finale|initial|initiale|es|y|o|al|de|del|que|lateral|diagonal|inicial|invertida|oblicua|inversa)(?!\p{L}))[\p{L}\p{N}]|斜杠\s?[a-z]{2}/iu
/** `evil dot surf`, but not `dot product` or `a dot is`. */
const SPOKEN_DOT =
  /[\p{L}\p{N}]\sdot\s(?!(?:products?|notation|operators?|paths?|files?|folders?|directories|directory|syntax|characters?|separat\p{L}{1,6}|graphs?|plots?|matrix|for|and|or|is|are|in|to|as|at|by|from|of|on|with|that|which|before|after|between|marks|means|ends|begins)(?!\p{L}|\s(?:slash|dot)))[\p{L}\p{N}]|\bat\s[\p{L}\p{N}-]{1,63}\sdot\s[\p{L}\p{N}]/iu
/** The same with `point`, without top-level domains that are words: a sentence may contain *point of* or *point is*. */
const SPOKEN_POINT =
  /[\p{L}\p{N}]\s(?:(?:punkt|kropka|точка)\s(?:de|at|ch|eu|рф|[a-z]{3})|(?:point|punto|ponto|punkt|punt|period|full stop|kropka|точка)\s(?:com|net|org|io|dev|info|xyz|example|ru|cn|fr|uk|it|nl|eu|ch|pl|ua|br|pt|su|biz|app|shop|online))(?![\p{L}\p{N}])/iu
const MAIL = /[\p{L}\p{N}._+-]\s*(?:@|[[({]\s*at\s*[\])}])\s*[\p{L}\p{N}-]+/iu
/** Labels separated by dots, the last one of letters; or an IPv4 address. */
const HOST =
  /(?<![\p{L}\p{N}_.$-])(?:[\p{L}\p{N}_-]+\.)+(?:[\p{L}]{2,24}|xn--[\w-]+)(?![\p{L}\p{N}_(])|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/gu
/** A possible IPv6 address. */
const COLONS = /(?<![\p{L}\p{N}_:])[0-9a-f:]{3,39}(?![\p{L}\p{N}_:])/giu
/** At least seven digits of any script, with any separators except commas. */
const DIGITS = /(?<![\p{L}\p{N}_.$])\p{Nd}(?:[\s()[\]./+-]{0,3}\p{Nd}){6,40}(?![\p{L}\p{N}_])/gu
/** Dates, decimal fractions, round numbers. */
const NUMBER = /^(?:(?:19|20)\d\d-\d\d-\d\d(?:\s\d\d?)?|\d{1,2}\.\d+|[1-9]\d?0{5,})$/
const PURSE = /(?<![\p{L}\p{N}])(?:bc1[a-z0-9]{6,90}|0x[0-9a-f]{40}|[13][1-9a-hj-np-z]{25,34})(?![\p{L}\p{N}])/giu
const PIPED =
  /\|\s*(?:sudo\s+)?(?:(?:ba|z|k|da|a|c|tc|fi|pw)?sh|powershell|cmd|iex|python\d*|node|perl|ruby|php)\b|<\(|\$\(/i
const FETCHER = /\b(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|certutil|bitsadmin)\s(?:-\S|\S*[./]\S)/i
/** `curl host`, but not `curl and`. */
const FETCHED =
  /\b(?:curl|wget|iwr|irm)\s(?!(?:and|or|is|are|was|to|with|for|in|as|when|where|if|that|which|by|on|via|can|does|commands?|requests?|und|oder|ist|wird|mit|et|y|e|o)\b)[\w-]+/gi
const INSTALL =
  /\b(?:pip3?|pipx|pipenv|uvx?|poetry|pdm|rye|npm|npx|pnpm|yarn|bunx?|deno|gem|cargo|go|brew|apt(?:-get)?|dnf|yum|apk|pacman|zypper|snap|choco|winget|scoop|docker|podman|conda|mamba|composer|nuget|dotnet|helm|opam|cabal|luarocks|cpan)(?:\s-\S{1,40}){0,4}\s(?:install|add|run|get|i|pull|exec|require|dlx|create|init|x|download|tool|global|update|upgrade|-S[a-z]{0,4})(?:\s-\S{1,40}){0,4}\s[\w@./:-]+|\b(?:npx|bunx|uvx)\s[\w@./:-]+/gi
const COMMAND =
  /\bgit\s(?:clone|submodule\sadd)\b|\brm\s-\S+|\bsudo\s\S+|\bchmod\s[+\d]\S*|\b(?:powershell|pwsh|cmd)(?:\.exe)?\s[-/]\S+|\b(?:bash|zsh|sh|python\d?|perl|ruby|php|node)\s-[a-z]\S*/gi

/** Product names that look like hosts. */
const PRODUCT =
  /^(?:(?:node|vue|next|nuxt|react|three|d3|express|backbone|ember|moment|chart|alpine|deno)\.js|asp\.net|ado\.net|socket\.io|web3\.py)$/i

const HIDDEN = [
  ...[SCHEME, HIDDEN_DOT, DOT_AND_SPACE, DOT_AND_WORD, MARKED_DOT, COMMA_AS_DOT],
  ...[SPOKEN_DOT, SPOKEN_POINT, SPOKEN_SLASH, MAIL],
]

/**
 * @param text - One or more sentences, names of code included.
 * @param isInCode - Whether a text is a name of the commit or occurs verbatim in its code.
 * @returns A description of the fault, if any.
 */
export function addressIn(text: string, isInCode: (text: string) => boolean): string | undefined {
  // Normalisation turns some dots into two characters, or into others.
  const plain = normalised(text.replace(DOTS, '.').replace(NARROW_DOT, '.'))
    .replace(DOTS, '.')
    .replace(NO_LETTERS, '.')
    .replace(NOT_IN_WORDS, '.')
    .replace(DOT_IN_LATIN, '.')
    .replace(EAST_ASIAN_DOT, '.')
  if (HIDDEN.some((form) => form.test(plain))) return 'an address; write none'
  if (hasSmallAfterDot(plain, isInCode)) return 'an address; write none'
  if (PIPED.test(plain)) return 'a command; write none'
  const isForeign = (form: RegExp, isMeant: (found: string) => boolean = () => true): boolean =>
    (plain.match(form) ?? []).some((found) => isMeant(found) && !isInCode(found.trim()))
  if (isForeign(HOST, (found) => !PRODUCT.test(found))) return 'a name with dots that does not occur in the code'
  if (isForeign(COLONS, isIPv6)) return 'an address; write none'
  if (isForeign(DIGITS, (found) => !isNumber(found))) return 'a telephone number; write none'
  if (isForeign(PURSE)) return 'a payment address; write none'
  if ([INSTALL, COMMAND, FETCHED].some((form) => isForeign(form)) || (FETCHER.test(plain) && !isInCode(plain)))
    return 'a command; write none'
  return undefined
}

function hasSmallAfterDot(plain: string, isInCode: (text: string) => boolean): boolean {
  return [...plain.matchAll(DOT_AND_SMALL)].some(({ 0: found, 1: word = '', 2: verb, index }) => {
    const dot = index + found.indexOf('.')
    return !SHORT.test(plain.slice(Math.max(0, dot - 12), dot)) && (verb === undefined || !isInCode(word))
  })
}

/** Whether digits mean something other than a telephone number; powers of two and their neighbours are integer limits. */
function isNumber(digits: string): boolean {
  if (NUMBER.test(digits)) return true
  if (!/^\d{7,20}$/.test(digits)) return false
  const value = BigInt(digits)
  return [value - 1n, value, value + 1n].some((each) => (each & (each - 1n)) === 0n)
}

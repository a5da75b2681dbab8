/**
 * Finds packages, repositories, accounts, people and places that a sentence names but the commit does not. Even a sentence
 * that otherwise agrees with the code could lead readers elsewhere.
 */

import { normalised } from './normalise.ts'

/** Kinds of entities whose names look like words, in the languages of the prose. */
const THING =
  /^(?:packages?|librar(?:y|ies)|modules?|crates?|gems?|plug-?ins?|add-?ons?|extensions?|dependenc(?:y|ies)|repositor(?:y|ies)|repos?|forks?|pakete?s?|bibliothek(?:en)?|moduls?|modulen?|erweiterung(?:en)?|abhängigkeit(?:en)?|paquets?|bibliothèques?|greffons?|dépôts?|dépendances?|paquetes?|bibliotecas?|librerías?|módulos?|extensi(?:ón|ones)|complementos?|repositorios?|dependencias?)$/iu
/** Sources of such entities. */
const SOURCE =
  /^(?:pypi|npm|pip3?|cargo|rubygems|nuget|packagist|github|gitlab|bitbucket|codeberg|telegram|discord|slack|install(?:s|ed|ing|ation)?|installier(?:t|en)|installe[rz]?|instala(?:r|do|n)?)$/iu
/** The same in Chinese, at the end or beginning of the word beside a name. */
const HAN_BEFORE = /(?:包|库|模块|插件|扩展|仓库|安装|依赖|由|来自)$/u
const HAN_AFTER = /^(?:软件包|依赖包|包|库|模块|插件|扩展|仓库)/u
/** Social platforms, which have nothing to do with the code unless the commit mentions them. */
const PLATFORM =
  /^(?:telegram|discord|whatsapp|wechat|reddit|twitter|facebook|instagram|linkedin|youtube|tiktok|patreon|skype|mastodon)$/i
const CALLED = /^(?:called|named|namens|genannt|nommée?|appelée?|llamad[oa])$/iu
/** Words before an account name on a social platform. */
const OWNED =
  /^(?:by|server|channel|group|user|account|bot|handle|von|kanal|gruppe|nutzer|par|serveur|canal|groupe|compte|por|servidor|grupo|cuenta)$/iu
/** Words before `by` and a person. */
const CREDIT =
  /^(?:written|made|created|developed|maintained|owned|published|authored|founded|funded|sponsored|hosted|supported|geschrieben|entwickelt|gepflegt|betreut|écrite?|développée?|maintenue?|escrit[oa]|desarrollad[oa]|mantenid[oa])$/iu
const BY = /^(?:by|von|par|por)$/iu
/** Entities that are installed: a word before one may be its name. */
const INSTALLED = /^(?:package|library|crate|gem|plug-?in|add-?on)$/i
/** Words before such an entity that only describe its kind. */
const KIND_OF =
  /(?:s|ed|ing|al|ic|ive|ous|ful|less|able|ible|ary|ory|ent|ant|ern|ight|er|est)$|^(?:small|large|big|tiny|light|heavy|whole|same|main|core|first|second|third|separate|single|native|pure|simple|popular|public|private|complete|entire|close|free|fast|slow|low|high|good|bad|best|similar|particular|regular|unique|another|tool|test|helper)$/
const FROM =
  /^(?:of|from|on|at|via|by|in|to|for|with|von|vom|aus|auf|bei|de|du|des|sur|en|chez|à|par|por|con|a|desde)$/iu
/** `third-party`, `well-known`, `thread-safe`, `read-only`: compounds, not names. */
const COMPOUND =
  /^(?:a|all|anti|auto|bit|built|byte|co|cross|de|full|high|in|inter|low|meta|mid|mono|multi|non|on|one|open|out|per|post|pre|re|self|semi|side|single|sub|super|top|two|un|up|well)-|-(?:able|aware|based|bound|case|class|compatible|defined|dependent|driven|end|facing|first|free|friendly|handling|in|independent|known|level|like|line|local|neutral|only|oriented|out|party|purpose|ready|safe|scoped|side|size|source|specific|style|time|to|up|way|wide|wise|\p{L}{1,20}ed|\p{L}{1,20}ing)$/iu
/** Words that may follow `package` without being its name, besides those with the ending of a verb or an adverb. */
const PLAIN = new Set(
  (
    'a about above after again all also although always an and any api are around as at author available be because been before behind below between both boundary but by called can cannot class code consumer containing could css data dependency developer did directory do docstring does down during each either else entry even every file folder for from function get had has have here how html http https hook if import in index inside instead interface into is it itself its js json just layer layout level like list load loader log made maintainer manager may maybe me hand design default mechanism metadata method might mode more most must name named near never new no nor not now of off on once one only onto or other our out outside over own page part path pattern per plus point point-of-view registry resolution root run same scope script set shall should since so some source step still structure such sql system target than that the their them then there these they this those through to together too toward under until up upon url user uses using version via was we were what when where whether which while who whose why will with within without would yet you your ' +
    'aber als am an auch auf aus bei beim bis da dabei dafür damit dann darf das dass dem den der des die dient doch durch ein eine einem einen einer es etwa für gegen hat hier ihm im in ist jede jeder kann kein keine liegt man mit muss nach nicht noch nur ob oder ohne sehr selbst sein sich sie sind soll sollte sowie statt über um und vom von vor war was wenn werden wie wird wo wurde zu zum zur zwischen ' +
    'au aux avec ce ces cette ci comme d dans de des donc dont du elle en est et il ils l la le les leur lui mais ne ni on ou où par pas peut plus pour qu que qui s sa sans se ses si son sous sur tout un une vers y à a al antes así como con contra cuando de del desde donde e el ella en entre es esta este está hasta hay la las le lo los más mediante no o para pero por puede que se según si sin sobre su sus también tiene u un una y ya'
  ).split(' '),
)
/**
 * Endings of verbs, participles and adverbs, which may follow `package`; in most languages nearly all endings. English has
 * irregular participles, too.
 */
const ENDING_EN =
  /(?:s|ed|ing|ly)$|^(?:(?:re|un)?(?:born|bought|bound|broken|brought|built|caught|chosen|cut|done|drawn|driven|fed|found|forgotten|frozen|given|gone|grown|held|hidden|kept|known|laid|led|left|lent|lost|meant|met|paid|put|read|run|seen|sent|shown|shut|sold|spent|split|spread|stuck|sunk|taken|taught|thrown|told|torn|understood|won|worn|woven|written))$/
const ENDING = /(?:[stenrlmdzaiouyáéíóúñ]|if|ic)$/u
/** `the Observer pattern`, `the Levenshtein distance` */
const METHOD =
  /^(?:patterns?|algorithms?|protocols?|formats?|standard|specification|syntax|style|distance|filters?|trees?|graphs?|sort|encoding|notation|code|method|model|time|clock|numbers?|set|hash|language|case|calendar|alphabet|motif|algorithme|protocole|patrón|algoritmo|protocolo)$/iu
/** Common proper names of technology and the calendar. */
const COMMON = new Set(
  'Ada Android Apache Apple Ascii Bash Boolean Chrome Clojure Docker Elixir Emacs English Erlang Ethernet Firefox Fortran Git Go Google Gregorian Haskell Intel Internet Java Julian Julia Kotlin Kubernetes Latin Linux Lisp Lua Mac Mach Markdown Microsoft Mozilla Nginx Node Oracle Pascal Perl Posix Postgres Powershell Promise Prolog Python Rails React Redis Ruby Rust Safari Scala Scheme Smalltalk Swift Unicode Unix Vim Web Windows January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(
    ' ',
  ),
)
/** `github:evil/flask` */
const PREFIXED =
  /(?<![\p{L}\p{N}])(?:github|gitlab|bitbucket|gh|npm|pypi|pip|cargo|crates?|gems?|docker|telegram|discord|twitter|reddit)\s?[:：]\s?(@?[\p{L}\p{N}][\p{L}\p{N}_.-]{0,100}(?:\/[\p{L}\p{N}_.-]{1,100})?)/giu
const TOKEN =
  /\p{Script=Han}+|@?[\p{Script=Latin}\p{N}]+(?:[-_/.][\p{Script=Latin}\p{N}]+)*|[^\s\p{Script=Latin}\p{N}]/gu
const REACH = 3
/** Languages that capitalise all nouns, so that capitals do not mark names. */
const CAPITAL_NOUNS = new Set(['de'])

/**
 * @param isWritten - Whether a word occurs in the commit.
 * @returns A description of the fault of the text, if any.
 */
export function unknownEntityIn(
  text: string,
  isWritten: (word: string) => boolean,
  language: string,
): string | undefined {
  const plain = normalised(text)
  const known = new Map<string, boolean>()
  const isKnown = (word: string): boolean => {
    const is = known.get(word) ?? formsOf(word).some(isWritten)
    known.set(word, is)
    return is
  }
  const fault = (word: string): string => `the commit does not contain "${word.slice(0, 40)}"`
  for (const [, name = ''] of plain.matchAll(PREFIXED))
    if (name.length > 1 && !isPlain(name) && !isKnown(name)) return fault(name)
  const words = plain.match(TOKEN) ?? []
  const own =
    strangerBeside(words, isKnown, language) ?? (CAPITAL_NOUNS.has(language) ? undefined : properIn(words, isKnown))
  return own === undefined ? undefined : fault(own)
}

/** Finds an unknown name next to a word such as `package` or `npm`. */
function strangerBeside(
  words: readonly string[],
  isKnown: (word: string) => boolean,
  language: string,
): string | undefined {
  const isEnglish = language === 'en'
  const ending = isEnglish ? ENDING_EN : ENDING
  const isTitle = !CAPITAL_NOUNS.has(language)
  const isUnknown = (word: string): boolean =>
    /^\p{L}{3,}$/u.test(word) && !ending.test(word) && !isPlain(word) && !COMMON.has(word) && !isKnown(word)
  const isNameLike = (word: string): boolean => isWord(word) && !isPlain(word) && !ending.test(word) && !isKnown(word)
  const namesPlatform = words.some((word) => PLATFORM.test(word))
  const namesSource = namesPlatform || words.some((word) => SOURCE.test(word))
  for (const [at, word] of words.entries()) {
    if (PLATFORM.test(word) && !isKnown(word)) return word
    if (namesPlatform && OWNED.test(words[at - 1] ?? '') && isWord(word) && !isPlain(word) && !isKnown(word))
      return word
    if (CREDIT.test(words[at - 2] ?? '') && BY.test(words[at - 1] ?? '') && isUnknown(word)) return word
    const isOrigin = SOURCE.test(word)
    if (!isOrigin && !THING.test(word)) {
      const isByHan = HAN_BEFORE.test(words[at - 1] ?? '') || HAN_AFTER.test(words[at + 1] ?? '')
      if (isByHan && (isWord(word) || isShaped(word)) && !isKnown(word)) return word
      continue
    }
    const around = [...words.slice(Math.max(0, at - REACH), at), ...words.slice(at + 1, at + 1 + REACH)]
    const shaped = around.find((each) => isShaped(each) && !isOfKnown(each, isKnown))
    if (shaped !== undefined) return shaped
    const next = words[at + 1] === ':' ? words[at + 2] : words[at + 1]
    // A plural is usually followed by a verb: `modules provide`.
    const isOne = isOrigin || namesSource || !word.endsWith('s')
    if (isOne && next !== undefined && isNameLike(next)) return next
    if (next !== undefined && isTitle && !isOrigin && /^\p{Lu}\p{Ll}{2,}$/u.test(next) && isUnknown(next)) return next
    const kind = words[at - 1]
    if (kind !== undefined && isEnglish && INSTALLED.test(word) && isNameLike(kind) && !KIND_OF.test(kind)) return kind
    const called = CALLED.test(words[at + 1] ?? '') ? words[at + 2] : undefined
    if (called !== undefined && isWord(called) && !isPlain(called) && !isKnown(called)) return called
    const before = isOrigin && FROM.test(words[at - 1] ?? '') ? words[at - 2] : undefined
    if (before !== undefined && isNameLike(before)) return before
  }
  return undefined
}

/** A person, company or place: capitalised inside a sentence, after `by`, `of` or `in`, or two in a row. */
function properIn(words: readonly string[], isKnown: (word: string) => boolean): string | undefined {
  const isStrange = (at: number): boolean => {
    const word = words[at] ?? ''
    const isInside = at > 0 && !/^[.!?:。！？"'“”„«»‘’()]$/u.test(words[at - 1] ?? '')
    return isInside && /^\p{Lu}\p{Ll}{2,}$/u.test(word) && !COMMON.has(word) && !isKnown(word)
  }
  for (const [at, word] of words.entries()) {
    const before = words[at - 1] ?? ''
    if (!(FROM.test(before) || HAN_BEFORE.test(before) || isCapital(words[at + 1]))) continue
    if (METHOD.test(words[at + 1] ?? '') || METHOD.test(words[at + 2] ?? '')) continue
    if (isStrange(at) && (FROM.test(before) || HAN_BEFORE.test(before) || isStrange(at + 1))) return word
  }
  return undefined
}

const isCapital = (word: string | undefined): boolean => word !== undefined && /^\p{Lu}\p{Ll}/u.test(word)
const isPlain = (word: string): boolean => PLAIN.has(word.toLowerCase())
/** A lower-case word; capitals mark other names, or nouns in German. */
const isWord = (word: string): boolean => /^@?[\p{Ll}\p{N}]{3,}$/u.test(word) && /\p{Ll}/u.test(word)

/** `evil-flask`, `evil/flask` */
function isShaped(word: string): boolean {
  const parts = word.split(/[-/_]/)
  const isLatin = parts.length > 1 && /\p{Script=Latin}/u.test(parts[0] ?? '')
  return isLatin && !COMPOUND.test(word) && parts.every((part) => part.length > 1)
}

/** `read/write` may be two words of the commit; a hyphenated name must occur as a whole. */
function isOfKnown(word: string, isKnown: (word: string) => boolean): boolean {
  if (isKnown(word)) return true
  const parts = word.split('/')
  return parts.length > 1 && parts.every((part) => isPlain(part) || isKnown(part))
}

function formsOf(word: string): string[] {
  const parts = word.split(/[-_]/)
  return parts.length === 1 ? [word] : [word, parts.join('_'), parts.join('-'), parts.join(' '), parts.join('')]
}

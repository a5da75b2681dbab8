/** Finds warnings in doc comments: sentences that tell users to use something else, or what not to rely on. */

const USED = 'be (?:called|constructed|created|implemented|instantiated|invoked|subclassed|used)'
const BY_USERS = '(?:directly|by (?:applications|callers|clients|users)|in (?:application|user) code)'
/** Not `from the main thread`: which thread may call something is no warning. */
const INSIDE = String.raw`(?:by|from|in|inside|internally|within) (?![^.]{0,40}\bthread)`
/** `This class is`, `It is`, or nothing. */
const IT_IS = String.raw`(?:(?:(?:this|it|the|these|they)(?: \w+)? )?(?:is|are) )?`

/** `Should not be used directly.`, `Applications should use X instead.`, `For internal use only.` */
const NOT_FOR_USE: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?:(?:al)?though [^,.]{1,80}, |while [^,.]{1,80}, )?(?:(?:this|it|the) (?:\w+ )?)?(?:should|must) (?:not|never) ${USED} ${BY_USERS}`,
    'i',
  ),
  new RegExp(String.raw`^(?:(?:this|it|the) (?:\w+ )?)?(?:should|must) only ${USED} ${INSIDE}`, 'i'),
  new RegExp(`^${IT_IS}only (?:(?:meant|intended) )?to ${USED} ${INSIDE}`, 'i'),
  new RegExp(`^${IT_IS}not (?:intended|meant|supposed) to ${USED} ${BY_USERS}`, 'i'),
  new RegExp(String.raw`^${IT_IS}not (?:intended|meant) for (?:direct|external|general|public) use\b`, 'i'),
  new RegExp(
    String.raw`^${IT_IS}(?:only (?:exported|exposed|public)|(?:exported|exposed|public) only) (?:because|for|so)\b`,
    'i',
  ),
  /^(?:do not|don['’]t|never) (?:call|create|instantiate|use) (?:it |this (?:\w+ )?)?directly/i,
  /^(?:applications|callers|clients|most users|users|application code|client code|user code) should (?:call|prefer|use) [^\n]{1,120} instead/i,
  new RegExp(String.raw`^${IT_IS}(?:intended |meant )?for internal use(?: only)?\W*$`, 'i'),
]

/** `It is experimental.`, `This class is not thread-safe.`, `Instances are not safe for concurrent use.` */
const UNSAFE =
  /^(?:(?:this|it|the|these|they|instances|objects)(?: \w+){0,3} )?(?:is|are) (?:(?:also|considered|currently|highly|still) ){0,2}(?:deprecated|experimental|not (?:\w+ )?(?:thread|goroutine)[- ]?safe|not safe for (?:concurrent|multi-?threaded)|unstable)\b|^not (?:thread|goroutine)[- ]?safe\b/i

/** Begins a paragraph on one version: `*Changed in version 2.0:* …` */
const ON_ONE_VERSION = /^[\s>*_]{0,9}(?:changed|deprecated|removed|new|added) (?:since|in)(?: version)? v?\d/i
/** Begins a sentence on a previous name or form: `The old name is deprecated.` */
const OF_FORMER = /^the (?:old|former|previous|legacy)\b/i

/** `An exception will be thrown if the plan fails.`: often the only difference from a similar function. */
const THROWS = /^(?:an? )?(?:exception|error) (?:is|will be|gets) (?:raised|thrown) (?:if|when|unless)\b/i

const MAX_CHARS = 4_000
const MAX_SENTENCES = 2

/** The sentences, as Markdown, that say who should not use something, what not to rely on, or when it throws. */
export function cautions(doc: string | null): string[] {
  return sentencesOf(doc)
    .filter(
      (one) => isForOthers(one) || (UNSAFE.test(plain(one)) && !OF_FORMER.test(plain(one))) || THROWS.test(plain(one)),
    )
    .slice(0, MAX_SENTENCES)
    .map((one) => one.replace(QUOTED, ''))
}

/** Whether a doc comment sends its users elsewhere. */
export function sendsElsewhere(doc: string | null): boolean {
  return sentencesOf(doc).some(isForOthers)
}

/** ``Prefer [PlanWith] for a course.`` */
const PREFERS = /^(?:[Pp]refer|PREFER) (?:using )?[`[]{1,2}([\w.:()]{2,80})[`\]]/
/** Matches names of code, which are not English words. */
const OF_CODE = /\p{Ll}\p{Lu}|_|::|\./u

const isForOthers = (sentence: string): boolean =>
  OF_CODE.test(PREFERS.exec(sentence)?.[1] ?? '') || NOT_FOR_USE.some((form) => form.test(plain(sentence)))

/** The start of a quote: `> `, `> [!WARNING] > ` */
const QUOTED = /^>[>\s]*(?:\[!\w{1,20}\][>\s]*)?/
/** The start of a sentence, and the label of a note: `**Warning:** `, `Note: `, `> [!WARNING] > ` */
const LABEL =
  /^[*>\s]*(?:\[!\w{1,20}\][>\s]*|(?<=\*\*)\w{1,20}:\*\* |(?:attention|caution|danger|important|note|warning)(?::\*{0,2}|\*{2}:) )?/i

/** Without Markdown markup and the label of a note. */
const plain = (sentence: string): string => sentence.replace(LABEL, '').replace(/\]\([^()\s]*\)|[\x60[\]]/g, '')

function sentencesOf(doc: string | null): string[] {
  return (doc ?? '')
    .slice(0, MAX_CHARS)
    .split(/\n\s*\n/)
    .filter((part) => !ON_ONE_VERSION.test(part))
    .flatMap((part) => part.replace(/\s+/g, ' ').split(/(?<=[.!]) (?=[\p{Lu}[\x60])/u))
}

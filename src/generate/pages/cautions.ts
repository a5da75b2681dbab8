/** Sentences of doc comments that warn: those that send users elsewhere, and those that say what not to rely on. */

const USED = 'be (?:called|constructed|created|implemented|instantiated|invoked|subclassed|used)'
const BY_USERS = '(?:directly|by (?:applications|callers|clients|users)|in (?:application|user) code)'
const INSIDE = '(?:by|from|in|inside|internally|within) '
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

/** A paragraph on one version, or on what had another name then: `*Changed in version 2.0:* …`, `The old name is deprecated.` */
const OF_A_PART = /^[\s>*_]{0,9}(?:changed|deprecated|removed|new|added) (?:since|in)(?: version)? v?\d/i
/** What is said of an earlier form of something. */
const OF_FORMER = /^the (?:old|former|previous|legacy)\b/i

const MAX_CHARS = 4_000
const MAX_SENTENCES = 2

/** As Markdown: the sentences that say whom something is not for, or what not to rely on. */
export function cautions(doc: string | null): string[] {
  return sentencesOf(doc)
    .filter((one) => isForOthers(one) || (UNSAFE.test(plain(one)) && !OF_FORMER.test(plain(one))))
    .slice(0, MAX_SENTENCES)
}

/** Whether a doc comment sends its users elsewhere. */
export function sendsElsewhere(doc: string | null): boolean {
  return sentencesOf(doc).some(isForOthers)
}

const isForOthers = (sentence: string): boolean => NOT_FOR_USE.some((form) => form.test(plain(sentence)))

/** Without marks of Markdown and what a note begins with. */
const plain = (sentence: string): string =>
  sentence.replace(/^[*>\s]+(?:\w+:\*\* )?/, '').replace(/\]\([^()\s]*\)|[\x60[\]]/g, '')

function sentencesOf(doc: string | null): string[] {
  return (doc ?? '')
    .slice(0, MAX_CHARS)
    .split(/\n\s*\n/)
    .filter((part) => !OF_A_PART.test(part))
    .flatMap((part) => part.replace(/\s+/g, ' ').split(/(?<=[.!]) (?=[\p{Lu}[\x60])/u))
}

/** Filters comments: drops settings of tools, tasks, rulers and titles, and keeps those that describe the code below. */

import { isFold, isForTools } from '#generate/tool-comments.ts'

/** Matches comments for interpreters, and lists of names for linters. */
export const MACHINE = /^(?:#!|#[ \t]+!\/|\/\* ?(?:eslint|jshint|globals?) [\w$:, \t]{1,400}\*\/$)/
const TASK = /^(?:\/\/|#+|\/\*+)\s*(?:TODO|FIXME|XXX|HACK)\b/
/** A lower-case `todo` may also name a definition: `// todo is one thing to do`. */
const LOWER_TASK =
  /^(?:\/\/|#{1,3}|\/\*{1,2}) {0,4}(?:[Tt]odo ?[:?!(]|todo (?!(?:are|contains|describes|has|holds|is|models|represents|stores)\b)[a-z])/
/** A line that starts a new sentence or tag instead of continuing the line above. */
const BEGINS_SENTENCE = /^(?:\/\/|#+)\s*(?:\p{Lu}|@)/u
const IS_TAG = /^(?:\/\/|#+)\s*@/
/** Minimum length of a wrapped line, which the next line continues however it begins. */
const MIN_WRAPPED = 60
const ENDS_SENTENCE = /[.!?:;)\]]\s*$/
/** An assignment that is commented out: `//separator = 7`. */
const CODE = /^(?:\/\/|#) ?[A-Za-z_][\w.]{0,80} ?:?= ?[\w."'-]{1,80};?\s*$/
/** `// import "server-only";`, `# from orbit import plan`. */
const IMPORT =
  /^(?:\/\/|#) ?(?:import (?:[\w$ ,*{}]{1,200} from )?(?:"[^"\n]{1,200}"|'[^'\n]{1,200}');?|from [\w.]{1,80} import [\w, *]{0,199}[\w*]|export [^\n]{1,200};)\s*$/
/** Commented-out code: `//func old() {}`, `//return 7;`, a closing brace. Prose has a space after the marker. */
const STATEMENT =
  /^(?:\/\/|#)(?: ?[)}]+;?| ?func (?:\(|\w{1,80}\()[^\n]{0,200}[{}]|(?:break|continue|else|if|for|return|static|switch|var|while)\b[^\n]{0,200}[{};])\s*$/
/**
 * A line of repeated punctuation. One that is indented below another indented line belongs to an example and is kept.
 */
const RULER = /^(?:\/\/|#|\/\*)\s*[-=*#~_+/]{4,}\s*(?:\*\/)?$/
const INDENTED = /^(?:\/\/|#)(?:\t| {3,})\S/
const TITLE_START = /^(?:\/\/|#|\/\*)\s{0,9}[-=*#~_+/]{3}/
const TITLE_END = /^[-=*#~_+/]{3}$/
const BOX_LINE = /^[-=*#~_+]{4,}$/
/** Limit on the characters of a title. */
const MAX_CHARS = 60
/** Maximum number of lines in a title between two rulers. */
const MAX_TITLE = 3
/** The start of a text that is a task. */
const TASK_PART = /^\W{0,4}(?:TODO|FIXME|XXX|HACK)\b/
/** The rest of a paragraph from a line that is a task. */
const TASK_LINES = /\n[ \t]{0,20}(?:TODO|FIXME|XXX|HACK)[:(].*/s
/**
 * A paragraph that editors insert into new files: `Created by Orbiter on 4/11/16.`, or `User: ann`, `Date: 4/11/16`
 * below each other.
 */
const STAMP =
  /^(?:Created (?:(?:by [^\n]{1,60} )?on [^\n\d]{0,20}\d[\d/.,: -]{1,20}(?:[AP]M)?\.?$|(?:by|using|with) IntelliJ IDEA\b)|User: [^\n]{1,60}\s{1,4}Date: [^\n]{0,40}\d)/

/** Removes the comments that document nothing. Returns the same array if it keeps all of them. */
export function documenting(comments: readonly string[]): readonly string[] {
  const kept: string[] = []
  let isTask = false
  for (let at = 0; at < comments.length; at++) {
    const comment = comments[at] ?? ''
    const isLine = !comment.startsWith('/*')
    // Comments above commented-out code describe that code.
    if (CODE.test(comment) && at + 1 < comments.length && !isInSentence(comment, comments[at - 1], comments[at + 1])) {
      kept.length = 0
      continue
    }
    if (STATEMENT.test(comment) || IMPORT.test(comment)) {
      kept.length = 0
      continue
    }
    const above = comments[at - 1] ?? ''
    const isEnded = above.length < MIN_WRAPPED || ENDS_SENTENCE.test(above) || IS_TAG.test(comment)
    const isNew = isEnded && BEGINS_SENTENCE.test(comment)
    if (isTask && isLine && !isBlank(comment) && !isNew && !/^\/\/[/!]/.test(comment)) continue
    isTask = TASK.test(comment) || LOWER_TASK.test(comment)
    if (isTask || isForTools(comment) || isFold(comment, comments[at - 1], comments[at + 1]) || isTitle(comment))
      continue
    if (RULER.test(comment) && !(INDENTED.test(comment) && INDENTED.test(comments[at - 1] ?? ''))) {
      const end = comments.slice(at + 1, at + 2 + MAX_TITLE).findIndex((one) => RULER.test(one))
      if (end > 0) at += end + 1
      continue
    }
    kept.push(comment)
  }
  return kept.length === comments.length ? comments : kept.every(isBlank) ? [] : kept
}

/** `// mode = fast`, between lines that begin and end its sentence. */
const isInSentence = (comment: string, above = '', below = ''): boolean =>
  /^\S+ /.test(comment) && /[\p{L},]$/u.test(above) && /^(?:\/\/|#+) \p{Ll}/u.test(below) && !CODE.test(below)

/** `// ---- Title ----`, `/* === Title === *\/`, and a block of a title between two rulers. */
function isTitle(comment: string): boolean {
  if (comment.startsWith('/*') && comment.includes('\n')) return isBox(comment)
  if (!TITLE_START.test(comment)) return false
  const text = (comment.endsWith('*/') ? comment.slice(0, -2) : comment).trimEnd()
  return TITLE_END.test(text.slice(-3)) && /[^\s\-=*#~_+/]/.test(text)
}

function isBox(comment: string): boolean {
  if (comment.length > 400) return false
  const lines = comment
    .slice(2, comment.endsWith('*/') ? -2 : undefined)
    .split('\n')
    .map((line) => line.replace(/^\s*\*(?=\s|$)/, '').trim())
    .filter((line) => line !== '')
  const words = lines.slice(1, -1)
  return (
    BOX_LINE.test(lines[0] ?? '') &&
    BOX_LINE.test(lines.at(-1) ?? '') &&
    words.length === 1 &&
    words.every((line) => line.length <= MAX_CHARS && !/[.:;]$/.test(line))
  )
}

const isBlank = (comment: string): boolean => /^(?:\/\/+|#+)\s*$/.test(comment)

/** Removes tasks and text that an editor inserted from a doc comment. */
export function withoutAsides(markdown: string): string {
  if (!/TODO|FIXME|XXX|HACK|Created |User: /.test(markdown) || /```|~~~/.test(markdown)) return markdown
  return markdown
    .split('\n\n')
    .filter((part) => !TASK_PART.test(part) && !STAMP.test(part))
    .map((part) => part.replace(TASK_LINES, ''))
    .join('\n\n')
}

/**
 * Whether the opening marker alone makes this a doc comment, so that it applies to the declaration even after a blank
 * line. False for file and group comments.
 */
export function isMarkedApart(comment: string): boolean {
  return (
    /^(?:\/\*\*(?![*/])|\/\/\/(?!\/))/.test(comment) &&
    !/[@\\](?:file|defgroup|addtogroup|name|mainpage|page|section|\{|\})(?!\w)/.test(comment.slice(0, 4_000))
  )
}

/** Whether a comment has Doxygen's `@file`. */
export const isMarkedOfFile = (comment: string): boolean => /^[ \t/*!]{0,20}[@\\]file\b/m.test(comment.slice(0, 4_000))

/** Whether all lines are marked as documentation of code. */
export const isForCode = (comments: readonly string[]): boolean => comments.every((one) => one.startsWith('///'))

const MIN_WORDS = 6
const MIN_WORDS_ON_NAME = 4
const HEAD = /^[^({=;\n]*/
const KEYWORD =
  /^(?:class|const|enum|final|func|function|interface|private|public|static|struct|trait|type|typedef|var)$/i

/** Whether comments begin with the name that the code below them declares: `// Plan is …` above `type Plan struct`. */
export function isOfName(comments: readonly string[], code: string): boolean {
  const words = comments.join(' ').match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []
  const name = words.find((word) => !/^(?:an?|the)$/i.test(word)) ?? ''
  const head: readonly string[] = HEAD.exec(code)?.[0].match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []
  return words.length >= MIN_WORDS_ON_NAME && !KEYWORD.test(name) && head.includes(name)
}

/** A section, or a method without code, in RDoc. */
const OF_NO_CODE = /^#\s*:(?:attr|method|section|singleton)/

/**
 * Whether Ruby comment lines followed by a blank line are prose, or begin with RDoc's mark `##`: RDoc and YARD attach
 * them to the declaration below. A class comment may begin with a title and end with an example.
 */
export function isProse(comments: readonly string[], isOfClass = false): boolean {
  if (comments.some((one) => OF_NO_CODE.test(one))) return false
  if (/^##\s*$/.test(comments[0] ?? '')) return true
  const text = comments
    .map((comment) => comment.replace(/^#+/, '').trim())
    .join(' ')
    .trim()
  const words = text.split(/\s+/).filter((word) => /^\P{L}?\p{L}+/u.test(word))
  const isSentence = /[.!?)]$/.test(text) && /^[\p{Lu}`:]/u.test(text)
  return words.length >= MIN_WORDS && (isOfClass || isSentence) && !/^@!/.test(text)
}

/** Maximum number of lines in a comment on a macro at the top of a file. */
const MAX_OF_MACRO = 3

/** Whether a comment describes the directive directly below it, which is not an include guard, rather than the file. */
export function isOfDirective(texts: readonly string[], after: string): boolean {
  const [, word, rest = ''] = /^[ \t]*\n[ \t]*#[ \t]*(\w+)[ \t]*([^\n]*)/.exec(after) ?? []
  const isShort = texts.join('\n').split('\n').length <= MAX_OF_MACRO
  switch (word) {
    case 'pragma':
      return !/^once\b/.test(rest)
    case 'if':
    case 'ifdef':
      return !/^! ?defined\W{1,3}\w+_H(?:PP|XX|H)?_*\W*$/i.test(rest)
    case 'define':
    case 'undef':
      return isShort && !/^\w+_H(?:PP|XX|H)?_*\b/i.test(rest)
    default:
      return isShort && OF_INCLUDES.test(texts.join('\n')) && INCLUDE.test(firstCodeOf(after))
  }
}

/** Words about the includes below: `CLI includes`, `This include is only for …`, `Order is important`, `before we include any headers`. */
const OF_INCLUDES =
  /^\W{0,9}(?:\w{1,40} ){1,3}includes\W{0,3}$|\b(?:this|these|the following) includes?\b|\border (?:is important|matters|of (?:the )?includes)\b|\bbefore (?:we )?includ(?:e|ing)\b/im
const INCLUDE = /^[ \t]*#[ \t]*include\b/

/** The first line that is neither blank nor a comment. */
const firstCodeOf = (text: string): string => text.split('\n').find((line) => !/^\s*(?:\/\/|$)/.test(line)) ?? ''

/** Whether a comment is a single word, such as `// !appengine`. Some scripts have no spaces between words. */
export function isOneWord(text: string): boolean {
  return !/[^\p{ASCII}]/u.test(text) && (text.match(/[A-Za-z]+/g)?.length ?? 0) < 2
}

/** Which comments say something of the code below them: no settings of editors, tasks, rulers and titles between rulers. */

/** `vim: ts=2`, `-*- mode: c -*-`, `+build linux`, `NOLINT`, `#pragma`, `region`. */
const FOR_TOOLS =
  /^(?:\/\/+|\/\*+|#+|--+)!?\s*(?:(?:vim?|ex):\s*(?:set?\s|\w+=)|-\*-|\+build\s|go:[a-z]|nolint\b|noqa\b|pragma:|pylint:|type:\s*ignore|fmt:\s*o[fn]|#?(?:end)?region\b|ifn?def\b|endif\b|else\s*$|\{{3}|\}{3}|\[[^\s[\]()]{1,80}\]\s*(?:\*\/)?$)/i
const TASK = /^(?:\/\/|#+|\/\*+)\s*(?:TODO|FIXME|XXX|HACK)\b/
/** A line that goes on with the sentence of the line above. */
const BEGINS_SENTENCE = /^(?:\/\/|#+)\s*(?:\p{Lu}|@)/u
/** `//separator = 7` */
const CODE = /^(?:\/\/|#) ?[A-Za-z_][\w.]{0,80} ?:?= ?[\w."'-]{1,80};?\s*$/
/** Not what is indented below a line of code: it belongs to an example. */
const RULER = /^(?:\/\/|#|\/\*)\s*[-=*#~_+/]{4,}\s*(?:\*\/)?$/
const INDENTED = /^(?:\/\/|#)(?:\t| {3,})\S/
const TITLE_START = /^(?:\/\/|#|\/\*)\s{0,9}[-=*#~_+/]{3}/
const TITLE_END = /^[-=*#~_+/]{3}$/
/** Lines between two rulers that may be a title. */
const MAX_TITLE = 3
/** A paragraph in a doc comment that is a task. */
const TASK_PART = /^\W{0,4}(?:TODO|FIXME|XXX|HACK)\b/

/** The comments without those that document nothing. */
export function documenting(comments: readonly string[]): readonly string[] {
  const kept: string[] = []
  let isTask = false
  for (let at = 0; at < comments.length; at++) {
    const comment = comments[at] ?? ''
    const isLine = !comment.startsWith('/*')
    // What stands above code that is commented out is about that code.
    if (CODE.test(comment) && at + 1 < comments.length) {
      kept.length = 0
      continue
    }
    if (isTask && isLine && !isBlank(comment) && !BEGINS_SENTENCE.test(comment)) continue
    isTask = TASK.test(comment)
    if (isTask || FOR_TOOLS.test(comment) || isTitle(comment)) continue
    if (RULER.test(comment) && !(INDENTED.test(comment) && INDENTED.test(comments[at - 1] ?? ''))) {
      const end = comments.slice(at + 1, at + 2 + MAX_TITLE).findIndex((one) => RULER.test(one))
      if (end > 0) at += end + 1
      continue
    }
    kept.push(comment)
  }
  return kept.length === comments.length ? comments : kept.every(isBlank) ? [] : kept
}

/** `// ---- Title ----`, `/* === Title === *\/` */
function isTitle(comment: string): boolean {
  if (!TITLE_START.test(comment) || comment.includes('\n')) return false
  const text = (comment.endsWith('*/') ? comment.slice(0, -2) : comment).trimEnd()
  return TITLE_END.test(text.slice(-3)) && /[^\s\-=*#~_+/]/.test(text)
}

const isBlank = (comment: string): boolean => /^(?:\/\/+|#+)\s*$/.test(comment)

/** The text of a doc comment without paragraphs that are tasks. */
export function withoutTasks(markdown: string): string {
  if (!/TODO|FIXME|XXX|HACK/.test(markdown) || /```|~~~/.test(markdown)) return markdown
  return markdown
    .split('\n\n')
    .filter((part) => !TASK_PART.test(part))
    .join('\n\n')
}

/** Documentation by its mark, which a blank line does not part from the declaration; no comment of a file or a group. */
export function isMarkedApart(comment: string): boolean {
  return (
    /^(?:\/\*\*(?![*/])|\/\/\/(?!\/))/.test(comment) &&
    !/[@\\](?:file|defgroup|addtogroup|name|mainpage|page|section|\{|\})(?!\w)/.test(comment.slice(0, 4_000))
  )
}

const MIN_WORDS = 6

/** Whether lines of Ruby that a blank line follows are prose: RDoc and YARD give it to the declaration below. */
export function isProse(comments: readonly string[]): boolean {
  const text = comments
    .map((comment) => comment.replace(/^#+/, '').trim())
    .join(' ')
    .trim()
  const words = text.split(/\s+/).filter((word) => /^\P{L}?\p{L}+/u.test(word))
  return words.length >= MIN_WORDS && /[.!?)]$/.test(text) && /^[\p{Lu}`:]/u.test(text) && !/^@!/.test(text)
}

/** Lines of a comment on a macro at the head of a file. */
const MAX_OF_MACRO = 3

/** Whether a comment is about the condition, pragma or macro directly below it, and not about the file: no guard follows. */
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
      return false
  }
}

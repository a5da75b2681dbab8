/** Joins code that spans lines into one line. */

/** Ends of a line after which a statement continues, and starts of a line that continues one. */
const CONTINUES = /(?:[([{,=+\-*|?:<&.\\]|\b(?:and|or|return|in|not|new|await))$/
const CONTINUED = /^(?:[)\]}?:|+*.=]|&&|\b(?:and|or|if|else)\b)/
/** Matches the start of a comment. */
const COMMENT = /(?:^|\s)(?:\/\/|\/\*|#\s|--\s)/
/** Limit on the characters of a line. */
const MAX_LINE = 500
const OPENERS = '([{'
const CLOSERS = ')]}'

/** A statement on one line; `undefined` for more than one, or with comments between its lines. */
export function joined(code: string): string | undefined {
  const lines = code.split('\n').map((line) => line.trim())
  if (lines.length > 1 && lines.some((line) => COMMENT.test(line))) return undefined
  let text = lines[0] ?? ''
  for (const line of lines.slice(1)) {
    if (!CONTINUES.test(text) && !CONTINUED.test(line)) return undefined
    const isTight = /[([.]$/.test(text) || /^[)\].,;]/.test(line)
    text = `${text.replace(/\\$/, '').trimEnd()}${isTight ? '' : ' '}${line}`.replace(/,(?=[)\]]$)/, '')
  }
  return text === '' ? undefined : text.replace(/\s+/g, ' ')
}

/** Matches the start of a line that opens a block with its last bracket. */
const HEAD =
  /^(?:catch|do|elif|else|for|foreach|guard|if|lock|match|switch|synchronized|try(?= ?[({])|unless|until|using|while|with)\b/
/** `i++`, `--depth` */
const STEPS = /^(?:\+\+|--)|(?:\+\+|--)$/
/** Brackets and separators of the surrounding statement, before and after the code of a line. */
const BEFORE = /^(?:[)\]}\s]|&&|\|\||[?:])+/
/** Matches the start or end of a line with only an operand of an expression; `*` and `&` before a name, and `|` around parameters, may belong to it. */
const OPERAND = /^(?:[-+/%^]|[*&<>=|!]=|<<|>>|[|*&<>=] |(?:and|in|is|or) )|\s(?:[-+*/%^|&<>]|[=!<>]=)$/
const AFTER = [';', ':', ',', '\\', '&&', '||', ' and', ' do', ' or', ' then']

/** A line of code whose brackets are closed, with `…` in place of the other lines; '' for a part of a chain or a string. */
export function balanced(line: string): string {
  if (line.length > MAX_LINE) return ''
  const bare = withoutEnd(line.replace(BEFORE, ''))
  if (OPERAND.test(bare) && !STEPS.test(bare)) return ''
  const text = HEAD.test(bare) && bare.endsWith('{') ? bare.slice(0, -1).trimEnd() : bare
  const open: string[] = []
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (isQuote(text, at)) quote = char
    else if (OPENERS.includes(char)) open.push(CLOSERS[OPENERS.indexOf(char)] ?? '')
    else if (CLOSERS.includes(char) && open.pop() === undefined) return text.slice(0, at)
  }
  if (quote !== '' || text.startsWith('.')) return ''
  return open.length === 0 ? text : `${text}${/[([{]$/.test(text) ? '' : ' '}…${open.reverse().join('')}`
}

function withoutEnd(text: string): string {
  let end = text.trimEnd()
  for (let found = AFTER.find((one) => end.endsWith(one)); found !== undefined; ) {
    end = end.slice(0, -found.length).trimEnd()
    found = AFTER.find((one) => end.endsWith(one))
  }
  return end
}

/** Whether a string begins here: not a lifetime of Rust. */
const isQuote = (text: string, at: number): boolean =>
  '"`'.includes(text[at] ?? ' ') || (text[at] === "'" && !'&<+'.includes(text[at - 1] ?? ' '))

/**
 * Ends the last member of a type with `;` if the type ends on the same line, `class A { val a = 1 }`: the grammar requires
 * `;` or a new line there. The `;` replaces a blank, so offsets stay the same.
 */

const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|'(?:[^'\\\n]|\\.[^'\n]{0,6})'|`[^`\n]*`|"""|::[ \t]{0,9}class\b|\w+|\n|[^\s]/g
/** The rest of a string, or the part before an expression in it. */
const LINE_STRING = /(?:[^"\\\n$]|\\.|\$(?!\{))*("|\$\{|[\n\\]|(?![\s\S]))/g
const RAW_STRING = /[\s\S]*?("""(?!")|\$\{|(?![\s\S]))/g

/** An open bracket or string: the members or entries of a type, other code, or a string. */
type Opened = 'members' | 'entries' | 'code' | '"' | '"""'

export function withEndedMembers(text: string): string {
  const ends: number[] = []
  const open: Opened[] = []
  /** The bracket depth at the head of a type whose body has not begun; -1 outside of heads. */
  let head = -1
  let isEnum = false
  let last = ''
  for (let at = 0; at < text.length; ) {
    const around = open.at(-1)
    const pattern = around === '"' ? LINE_STRING : around === '"""' ? RAW_STRING : TOKEN
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) break
    at = pattern.lastIndex
    const [token, end] = match
    if (end !== undefined) {
      if (end === '${') open.push('code')
      else open.pop()
    } else if (token === '"' || token === '"""') open.push(token)
    else if (token === '(' || token === '[') open.push('code')
    else if (token === '{') {
      const isMembers = around === 'entries' || (head === open.length && !isEnum)
      open.push(isMembers ? 'members' : head === open.length ? 'entries' : 'code')
      head = -1
    } else if (token === ')' || token === ']' || token === '}') {
      open.pop()
      if (open.length < head) head = -1
      const isEnd = token === '}' && around === 'members' && !/^[\n{;]$/.test(last)
      if (isEnd && /[ \t]/.test(text[match.index - 1] ?? '')) ends.push(match.index - 1)
    } else if (token === ';' && around === 'entries') open[open.length - 1] = 'members'
    else if (/^(?:class|interface|object)$/.test(token)) {
      head = open.length
      isEnum = last === 'enum'
    } else if (head === open.length && /^(?:fun|va[lr]|typealias)$/.test(token)) head = -1
    if (!/^\/[/*]/.test(token)) last = token
  }
  const parts = ends.map((end, index) => `${text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end)};`)
  return parts.join('') + text.slice(ends.length === 0 ? 0 : (ends.at(-1) ?? 0) + 1)
}

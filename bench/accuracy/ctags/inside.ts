/** What a line of Kotlin or of a shell's script is in, by braces and by indentation: ctags does not say. */

const KOTLIN_QUIET = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
/** Before the brace: `object :`, `object`, or the entry of an enum, which begins its line. */
const NAMELESS = /(?<!companion\s)\bobject\s*(?::[^{}]*)?$|^\s*`?[A-Z]\w*`?\s*(?:\([^{}]*\)\s*)?$/

/** The innermost brace that is open where a line begins is that of an object without a name, or of an enum's entry. */
export function insideNameless(line: number, lines: readonly string[]): boolean {
  const text = lines
    .slice(0, line - 1)
    .join('\n')
    .replace(KOTLIN_QUIET, (quiet) => quiet.replace(/[^\n]/g, ' '))
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === '}') depth++
    else if (text[at] === '{' && depth-- === 0) {
      const before = text.slice(text.lastIndexOf('\n', at) + 1, at)
      return NAMELESS.test(before)
    }
  }
  return false
}

/** A function that is less indented begins before it, and its brace closes after it. */
export function insideShellFunction(line: number, lines: readonly string[]): boolean {
  const indentOf = (text: string): number => text.length - text.trimStart().length
  let indent = indentOf(lines[line - 1] ?? '')
  for (let at = line - 2; at >= 0 && indent > 0; at--) {
    const text = lines[at] ?? ''
    if (text.trim() === '' || indentOf(text) >= indent) continue
    // A brace closes here what might have been around.
    if (/^\s*(?:\}|fi\b|done\b|esac\b)/.test(text) && indentOf(text) === 0) return false
    indent = indentOf(text)
    if (/^\s*(?:function\s+[\w:.-]+\s*(?:\(\s*\))?|[\w:.-]+\s*\(\s*\))\s*\{?\s*(?:#.*)?$/.test(text)) return true
  }
  return false
}

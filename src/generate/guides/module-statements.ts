/** Removes the code of MDX, which is never run; components that install packages become commands. */

import { Fences } from '#markdown/fences.ts'

/** Limit on the lines of a component or export. */
const MAX_STATEMENT = 60

/** Removes import and export statements, and MDX comments, outside code blocks. */
export function withoutModules(text: string, path: string): string {
  if (!path.endsWith('.mdx') && !/^(?:import|export) |^<[A-Z]/m.test(text)) return text
  const kept: string[] = []
  const lines = text.split('\n')
  const fences = new Fences({ isIndented: true })
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const isCode = fences.isCode(line)
    const end = isCode ? undefined : endOfStatement(lines, at)
    if (end === undefined) kept.push(isCode ? line : (installCommand(line) ?? line))
    else at = end
  }
  return kept.join('\n')
}

/** `<InstallSnippet pkgs="orbit zod" />`: a component that shows how to install packages with a package manager of JavaScript. */
const INSTALL = /^\s{0,8}<\w{0,40}Install\w{0,40}\s[^<>]{0,200}\/>\s*$/
const INSTALLED = /\s(?:pkgs?|packages?|deps|dependencies)=["']([\w@./ ^~*-]{1,300})["']/

function installCommand(line: string): string | undefined {
  const [, names] = (INSTALL.test(line) ? INSTALLED.exec(line) : null) ?? []
  return names === undefined ? undefined : `\n\`\`\`sh\nnpm install ${names.trim()}\n\`\`\`\n`
}

const IMPORT =
  /^import\s{1,4}(?:["'][^"']{1,200}["'];?\s*$|(?:type\s{1,4})?(?:[\w$]{1,80},?\s{1,4})?(?:\{|\*\s{1,4}as\s|from\s{1,4}["']))/
const EXPORT =
  /^export\s{1,4}(?:[{*]|(?:const|let)\s{1,4}(?:[{[]|[\w$]{1,80}\s{0,4}[=:])|(?:default\s{1,4})?(?:async\s{1,4})?function\b|default\s{1,4}(?:[([{<"'`]|class\b|async\b|new\s|[\w$.]{1,80}(?:[(;]|\s{0,4}=>|\s*$)))/
/** Matches a line that no paragraph continues: empty, a heading, or the end of a component or comment. */
const ENDS_BLOCK = /^\s*$|^#|[>}]\s*$/

function endOfStatement(lines: readonly string[], at: number): number | undefined {
  const line = lines[at] ?? ''
  const last = Math.min(lines.length, at + MAX_STATEMENT)
  // Lines of prose may begin with "import" or "export".
  if ((IMPORT.test(line) || EXPORT.test(line)) && ENDS_BLOCK.test(lines[at - 1] ?? ''))
    return endOfModule(lines, at, last)
  if (/^\s*\{\/\*/.test(line)) {
    for (let next = at; next < last; next++) if ((lines[next] ?? '').includes('*/}')) return next
    return undefined
  }
  // `<Card` with attributes on the following lines; `isUnread` of `container-lines.ts` handles a component on one line.
  if (!/^\s*<[A-Z][\w.]*\s*$/.test(line)) return undefined
  for (let next = at + 1; next < last; next++) if (/^\s*\/?>\s*$/.test(lines[next] ?? '')) return next
  return undefined
}

/** The last line before an empty one outside all brackets, or else before the first empty one. */
function endOfModule(lines: readonly string[], at: number, last: number): number | undefined {
  let open = 0
  let first: number | undefined
  for (let next = at; next < last; next++) {
    const line = lines[next] ?? ''
    open += line.split(/[([{]/).length - line.split(/[)\]}]/).length
    if ((lines[next + 1] ?? '').trim() !== '') continue
    if (open <= 0) return next
    first ??= next
  }
  return first
}

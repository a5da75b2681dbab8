/**
 * The Python code of a Jupyter notebook. Each line of a code cell stays on its line of the JSON file, so that line
 * numbers match the notebook; a cell stored as one multi-line string has no such lines and is left out.
 */

import { PYTHON } from '#generate/formats/lexical-rules.ts'
import { at, type Located, textAt } from '#generate/formats/located.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { readJson } from '#generate/formats/read-json.ts'
import type { SourceFile } from '#generate/model.ts'

/** Cell magics whose cell still contains Python. */
const PYTHON_MAGIC = /^%%(?:time|timeit|capture|prun|python3?)\b/

/** A notebook as a Python file; `undefined` if it is not a Python notebook. */
export function notebookFile(file: SourceFile): SourceFile | undefined {
  const text = file.text === null ? undefined : notebookScript(file.text)
  return text === undefined ? undefined : { ...file, language: 'python', text }
}

/** @returns `undefined` for text that is not a notebook, or for a language other than Python. */
export function notebookScript(text: string): string | undefined {
  const notebook = readJson(text)
  const cells = at(notebook, 'cells')?.items
  if (notebook === undefined || cells === undefined || !isPython(notebook)) return undefined
  const lines: string[] = Array.from({ length: text.split('\n').length }, () => '')
  for (const cell of cells) {
    const source = textAt(cell, 'cell_type') === 'code' ? at(cell, 'source') : undefined
    const parts = source?.items ?? (source === undefined ? [] : [source])
    if (hasOneLinePerPart(parts)) writeCell(parts, lines)
  }
  return lines.join('\n')
}

function isPython(notebook: Located): boolean {
  const metadata = at(notebook, 'metadata')
  const language = textAt(metadata, 'kernelspec', 'language') ?? textAt(metadata, 'language_info', 'name')
  return (language ?? textAt(metadata, 'kernelspec', 'name') ?? '').toLowerCase().startsWith('python')
}

function hasOneLinePerPart(parts: readonly Located[]): boolean {
  return parts.every(({ text, startLine }, index) => {
    const isOne = text !== undefined && !/[\r\n]/.test(text.replace(/\r?\n$/, ''))
    return isOne && parts[index - 1]?.startLine !== startLine
  })
}

function writeCell(parts: readonly Located[], lines: string[]): void {
  const first = parts.find(({ text }) => (text ?? '').trim() !== '')?.text ?? ''
  if (first.startsWith('%%') && !PYTHON_MAGIC.test(first)) return
  const source = parts.map(({ text }) => (text ?? '').replace(/\r?\n$/, ''))
  const code = MaskedCode.of(source.join('\n'), PYTHON)?.code
  if (code === undefined) return
  // Magics are only where a statement can begin: outside of brackets and strings.
  let [start, depth] = [0, 0]
  let continued: 'statement' | 'command' | undefined
  for (const [index, { startLine }] of parts.entries()) {
    const line = source[index] ?? ''
    const masked = code.slice(start, start + line.length)
    const isInside = depth > 0 || continued !== undefined || (start > 0 && code[start - 1] !== '\n')
    const written = continued === 'command' ? '' : isInside ? line : withoutMagic(line)
    lines[startLine - 1] = written
    if (written === line) {
      for (const sign of masked) depth = Math.max(0, depth + ('([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0))
      continued = masked.endsWith('\\') ? 'statement' : undefined
    } else continued = line.endsWith('\\') ? 'command' : undefined
    start += line.length + 1
  }
}

/** `%magic`, `!command`, `?help` and `help?` become `pass`; in `name = !command` the value becomes `None`. */
function withoutMagic(line: string): string {
  const [, indent = '', rest = ''] = /^(\s*)(.*)$/s.exec(line) ?? []
  if (/^[%!?]/.test(rest) || /^[\w.]+\?{1,2}\s*$/.test(rest)) return `${indent}pass`
  const assigned = /^([\w.,\s]+=\s*)[%!]\s*\S/.exec(rest)?.[1]
  return assigned === undefined ? line : `${indent}${assigned}None`
}

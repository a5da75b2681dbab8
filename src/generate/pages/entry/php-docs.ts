/** What comments of PHP say in the words of its checkers: names that they give to shapes, and that a class is final. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'

const NAMED = /@(?:phpstan|psalm)-type\s+(\w+)\s+(?:=\s*)?/g
/** Of one shape. */
const MAX_CHARS = 400
const MAX_FILE = 400_000
const FINAL = /^\s*(?:\/\*\*|\*)\s*@final\s*(?:\*\/)?\s*$/
/** Lines above a class in which its comment ends. */
const ABOVE = 12

const known = new WeakMap<Survey, ReadonlyMap<string, string>>()

/** `array{StaticRoutes, DynamicRoutes}` of `RouteData`; '' where no comment, or several, say what it is. */
export function shapeNamed(survey: Survey, name: string): string {
  const shapes = known.get(survey) ?? readShapes(survey)
  known.set(survey, shapes)
  return shapes.get(name) ?? ''
}

function readShapes({ files }: Survey): ReadonlyMap<string, string> {
  const shapes = new Map<string, string>()
  for (const { language, text } of files.values()) {
    if (language !== 'php' || text === null || !text.includes('-type ')) continue
    const read = text.slice(0, MAX_FILE)
    for (const { 0: head, 1: name = '', index } of read.matchAll(NAMED)) {
      const shape = shapeAt(read, index + head.length)
      shapes.set(name, shapes.has(name) && shapes.get(name) !== shape ? '' : shape)
    }
  }
  return shapes
}

/** To the end of its line, or of its brackets. */
function shapeAt(text: string, start: number): string {
  let depth = 0
  let shape = ''
  for (const line of text.slice(start, start + 2 * MAX_CHARS).split('\n')) {
    shape += ` ${line
      .replace(/^\s*\*(?!\/)\s?/, '')
      .split('*/', 1).join('')
      .trim()}`
    for (const sign of line) depth += '{<('.includes(sign) ? 1 : '}>)'.includes(sign) ? -1 : 0
    if (depth <= 0) break
  }
  const plain = shape.trim()
  return depth > 0 || plain.length > MAX_CHARS ? '' : plain
}

/** `/** @final *\/` above a class. */
export function isSaidFinal(survey: Survey, path: string, startLine: number): boolean {
  if (survey.files.get(path)?.language !== 'php') return false
  const lines = codeLines(survey, path, Math.max(1, startLine - ABOVE), startLine - 1)
  const end = lines.findLastIndex((line) => /[;}]\s*$/.test(line) && !/^\s*(?:\*|\/\*)/.test(line))
  return lines.slice(end + 1).some((line) => FINAL.test(line))
}

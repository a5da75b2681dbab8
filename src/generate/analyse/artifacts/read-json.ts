/** JSON with lines. The text must be JSON to the letter; the compiler's parser only says where things stand. */

import ts from 'typescript'
import { Lines } from './lines.ts'
import type { Entry, Located } from './located.ts'

const MAX_CHARACTERS = 2_000_000
const MAX_DEPTH = 200

/** @returns `undefined` for what is not JSON, too large or nested too deeply. */
export function readJson(text: string): Located | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  const plain = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
  try {
    JSON.parse(plain)
    if (isTooDeep(plain)) return undefined
    const file = ts.parseJsonText('file.json', plain)
    const root = file.statements[0]?.expression
    return root === undefined ? undefined : locate(root, file, new Lines(plain))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}

/** Of text that is JSON: the compiler's parser recurses. */
function isTooDeep(json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') {
      for (at++; json[at] !== '"'; at++) if (json[at] === '\\') at++
    } else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (depth > MAX_DEPTH) return true
  }
  return false
}

function locate(node: ts.Expression, file: ts.SourceFile, lines: Lines): Located {
  const value: Located = { startLine: lines.at(node.getStart(file)), endLine: lines.at(node.end - 1) }
  if (ts.isStringLiteral(node)) return { ...value, text: node.text, isString: true }
  if (ts.isNumericLiteral(node)) return { ...value, text: node.text }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { ...value, text: 'true' }
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { ...value, text: 'false' }
  if (ts.isArrayLiteralExpression(node)) {
    value.items = node.elements.map((element) => locate(element, file, lines))
  } else if (ts.isObjectLiteralExpression(node)) {
    value.entries = new Map<string, Entry>()
    for (const property of node.properties) {
      if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.name)) continue
      const key = property.name.text
      const startLine = lines.at(property.name.getStart(file))
      value.entries.set(key, { key, startLine, value: locate(property.initializer, file, lines) })
    }
  }
  return value
}

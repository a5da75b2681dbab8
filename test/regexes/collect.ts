/** Finds the regular expressions of a source text, and the places that construct some. Pure: it reads no file. */
import ts from 'typescript'

export interface Pattern {
  source: string
  flags: string
}

export interface Site {
  /** `src/a.ts:12` */
  at: string
  /** `undefined` for `new RegExp(…)`, whose pattern only the running code knows. */
  pattern: Pattern | undefined
}

/** Methods that make an expression of a text. */
const MAKERS = new Set(['match', 'matchAll', 'search'])

export const parseSource = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : undefined)

export function sitesOf(path: string, text: string): Site[] {
  if (path.endsWith('.scm')) return sitesOfQuery(path, text)
  const file = parseSource(path, text)
  const sites: Site[] = []
  const add = (node: ts.Node, pattern?: Pattern): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    sites.push({ at: `${path}:${line + 1}`, pattern })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) add(node, patternOf(node.text))
    else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(file) === 'RegExp')
      add(node)
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [first] = node.arguments
      if (first !== undefined && ts.isStringLiteralLike(first) && MAKERS.has(node.expression.name.text))
        add(node, { source: first.text, flags: '' })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return sites
}

function patternOf(literal: string): Pattern {
  const end = literal.lastIndexOf('/')
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) }
}

/** `(#match? @name "^a")` */
function sitesOfQuery(path: string, text: string): Site[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/#(?:not-)?match\? @[\w.-]+ ("(?:[^"\\]|\\.)*")/g)].map(([, quoted = '""']) => ({
      at: `${path}:${index + 1}`,
      pattern: { source: String(JSON.parse(quoted)), flags: '' },
    })),
  )
}

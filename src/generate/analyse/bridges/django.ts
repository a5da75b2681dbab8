/** Django: `urlpatterns` with their views, included modules, and templates that views render. */

import { PYTHON } from '#generate/formats/lexical-rules.ts'
import { addRoute, type BridgeReader, joinRoute, keyword, type Source, type World } from './bridge.ts'
import { handlerOf } from './handlers.ts'
import { linkTemplate } from './templates.ts'

const PATTERN = /(?<![\w.])(path|re_path|url)[ \t]*(?=\()/g
const RENDER = /(?<![\w])(render|render_to_string|get_template|TemplateResponse|render_to_response)[ \t]*(?=\()/g
const TEMPLATE_NAME = /(?<![^\n])[ \t]*template_name[ \t]*(?::[^=\n]*)?=[ \t]*(?=")/g
const TEMPLATES = { folder: 'templates', endings: [''], anywhere: true }
/** A wrapper around a view, possibly with arguments of its own. */
const WRAPPED = /^\w+(?:\([^()]*\))?\(([\w.]+(?:\.as_view\([^()]*\))?)\)$/

export const django: BridgeReader = {
  languages: ['python'],
  lexicalRules: PYTHON,
  mayContain: (head) => /\bdjango\b/.test(head),
  read: (source, world) => {
    readPatterns(source, world)
    const { masked } = source
    for (const match of masked.code.matchAll(RENDER)) {
      const list = masked.argumentsAt(match.index + match[0].length)?.list ?? []
      const name =
        masked.literalOf(list[0]) ??
        (match[1] === 'get_template'
          ? undefined
          : (masked.literalOf(list[1]) ?? masked.literalOf(keyword(list, 'template_name', masked))))
      linkTemplate(name, match.index, TEMPLATES, source, world)
    }
    for (const match of masked.code.matchAll(TEMPLATE_NAME)) {
      const at = match.index + match[0].length
      linkTemplate(masked.literals.get(at), at, TEMPLATES, source, world)
    }
  },
}

function readPatterns(source: Source, world: World): void {
  const { masked, builder } = source
  const { code } = masked
  // Only names imported from Django; `path` has many other meanings.
  if (!/^[ \t]*from[ \t]+django\.(?:urls|conf\.urls)\b/m.test(code.slice(0, 20_000)) || !/urlpatterns\b/.test(code))
    return
  for (const match of code.matchAll(PATTERN)) {
    const [all, verb = ''] = match
    const call = masked.argumentsAt(match.index + all.length)
    const written = masked.literalOf(call?.list[0])
    const view = call?.list[1]
    if (call === undefined || written === undefined || view === undefined) continue
    const text = masked.codeOf(view)
    if (text.startsWith('include(')) {
      const module = masked.literalOf(masked.argumentsAt(view.start + 'include'.length)?.list[0])
      builder.link(source.path, module === undefined ? undefined : moduleFile(module, world), 'uses')
      continue
    }
    const [startLine, endLine] = [masked.lineAt(match.index), masked.lineAt(call.end - 1)]
    const plain = WRAPPED.exec(text)?.[1] ?? text
    const handler = handlerOf(plain.replace(/\.as_view\(.*$/s, ''), source, world)
    const path = verb === 'path' ? written : written.replace(/^\^/, '').replace(/\$$/, '')
    addRoute(source, { method: 'ANY', path: joinRoute('', path), framework: 'Django', startLine, endLine, handler })
  }
}

/** The only file that a dotted name can refer to, whichever folder the project runs in. */
function moduleFile(module: string, { repository }: World): string | undefined {
  if (!/^\w+(?:\.\w+)+$/.test(module)) return undefined
  const stem = module.replaceAll('.', '/')
  const found = repository.filesEnding(`${stem}.py`).concat(repository.filesEnding(`${stem}/__init__.py`))
  return found.length === 1 ? found[0] : undefined
}

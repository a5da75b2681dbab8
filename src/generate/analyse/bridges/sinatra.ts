/** Sinatra: `get '/x' do`, and views rendered by `erb :x` and the like. */

import { RUBY } from '#generate/formats/lexical-rules.ts'
import { addRoute, type BridgeReader } from './bridge.ts'
import { linkTemplate } from './templates.ts'

const ROUTE = /^[ \t]*(get|post|put|delete|patch|options|head|link|unlink)[ \t]*(?:\([ \t]*)?("~*").*(?:\bdo\b|\{).*$/gm
const VIEW = /(?<![\w.:@$])(erb|haml|slim|markdown|liquid|builder)[ \t]*(?:\([ \t]*)?(?::(\w+)|(?="))/g

export const sinatra: BridgeReader = {
  languages: ['ruby'],
  lexicalRules: RUBY,
  mayMatter: (head) =>
    /\brequire\s*(?:\(\s*)?['"]sinatra\b/.test(head) || /<\s*(?:::)?Sinatra::(?:Base|Application)\b/.test(head),
  read: (source, world) => {
    const { masked } = source
    for (const match of masked.code.matchAll(ROUTE)) {
      const [all, verb = '', literal = ''] = match
      const path = masked.literals.get(match.index + all.indexOf(literal))
      const line = masked.lineAt(match.index + all.indexOf(verb))
      if (path !== undefined && /^[/*]/.test(path)) {
        addRoute(source, { method: verb.toUpperCase(), path, framework: 'Sinatra', startLine: line, endLine: line })
      }
    }
    for (const match of masked.code.matchAll(VIEW)) {
      const [all, engine = '', symbol] = match
      const name = symbol ?? masked.literals.get(match.index + all.length)
      const endings = engine === 'markdown' ? ['.md', '.markdown'] : [`.${engine}`]
      linkTemplate(name, match.index, { folder: 'views', endings, anywhere: false }, source, world)
    }
  },
}

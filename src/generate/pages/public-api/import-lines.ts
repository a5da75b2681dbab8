/** Writes the import lines for users of a package. */

import type { SurfacePath } from '#generate/model.ts'

/**
 * @param names - Names to import; none for the whole module.
 * @param own - The local name of a JavaScript module, the file to require from a gem, or the path of a header. Derived from
 * the import path by default.
 * @param form - Whether all names are TypeScript types, and whether users call `require` of CommonJS.
 * @returns `null` if only names could be imported, and on the JVM.
 */
export function importLine(
  { path, language }: SurfacePath,
  names: readonly string[],
  own: string | undefined,
  form: { isOfTypes?: boolean; isRequired?: boolean } = {},
): string | null {
  const [first = ''] = names
  switch (language) {
    case 'python':
      return names.length === 0 ? `import ${path}` : `from ${path} import ${names.join(', ')}`
    case 'rust':
      return names.length === 0
        ? null
        : names.length === 1
          ? `use ${path}::${first};`
          : `use ${path}::{${names.join(', ')}};`
    case 'go':
      return `import "${path}"`
    case 'swift':
      return `import ${path}`
    // Rows name the package, and editors write the line.
    case 'kotlin':
    case 'java':
    case 'groovy':
    case 'scala':
      return null
    case 'php':
      return path === '' || first === '' ? null : `use ${/^\p{Lu}/u.test(first) ? '' : 'function '}${path}\\${first};`
    case 'csharp':
      return path === '' ? `using static ${first};` : `using ${path};`
    case 'ruby':
      return `require '${own ?? path}'`
    case 'c':
    case 'cpp':
      return `#include ${own ?? `<${path}>`}`
    default:
      return form.isRequired === true
        ? required(path, names, own)
        : javascriptImport(path, names, own, form.isOfTypes === true)
  }
}

const isNamed = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && !RESERVED.test(name)

/** Words that JavaScript can export, but not import by that name. */
const RESERVED =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with)$/

/** Requires a module with a default value, or some of its members. */
function required(path: string, names: readonly string[], own: string | undefined): string {
  const named = names.filter(isNamed)
  const bound = names[0] === 'export=' || named.length === 0 ? (own ?? localName(path)) : `{ ${named.join(', ')} }`
  return `const ${bound} = require('${path}')`
}

function javascriptImport(path: string, names: readonly string[], own: string | undefined, isOfTypes: boolean): string {
  const isWhole = !names.some(isNamed) || names[0] === 'default' || names[0] === 'export='
  const whole = isWhole ? [own ?? localName(path)] : []
  // A module may export its default value by name, too.
  const named = names.filter((name) => isNamed(name) && name !== whole[0])
  // `import type` takes a default value or names, not both.
  const isOneList = isOfTypes && named.length > 0
  const listed = [...(isOneList ? whole.map((name) => `default as ${name}`) : []), ...named]
  const parts = [...(isOneList ? [] : whole), ...(listed.length > 0 ? [`{ ${listed.join(', ')} }`] : [])]
  return `import ${isOfTypes ? 'type ' : ''}${parts.join(', ')} from '${path}'`
}

function localName(path: string): string {
  const name = path.replace(/[^\p{L}\p{N}]+(?<next>\p{L}?)/gu, (_, next: string) => next.toUpperCase())
  return /^\p{N}/u.test(name) || RESERVED.test(name) ? `_${name}` : name
}

/** The lines by which users of a package import some of its names. */

import type { SurfacePath } from '#generate/model.ts'

/**
 * @param names - Those to import; none for the whole.
 * @param own - What users call the whole of a module of JavaScript, what they require of a gem, how they include a header; by the path
 * where it is not known.
 * @returns `null` where only names could be imported.
 */
export function importLine(
  { path, language, names: all }: SurfacePath,
  names: readonly string[],
  own: string | undefined,
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
    case 'kotlin':
      return path === '' ? first : `import ${path}.${first}`
    // One import brings one name: the package or namespace says where all of them are.
    case 'java':
    case 'groovy':
    case 'scala':
      return path === '' ? first : `package ${path}`
    case 'php':
      return path === '' ? first : `namespace ${path}`
    case 'csharp':
      return path === '' ? `using static ${first};` : `using ${path};`
    case 'ruby':
      return `require '${own ?? path}'`
    case 'c':
    case 'cpp':
      return `#include ${own ?? `<${path}>`}`
    default:
      return language === 'javascript' && all.some(({ name }) => name === 'export=')
        ? required(path, names, own)
        : javascriptImport(path, names, own)
  }
}

const isNamed = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== 'default'

/** Of a module that is something as a whole: that, or some of its members. */
function required(path: string, names: readonly string[], own: string | undefined): string {
  const named = names.filter(isNamed)
  const bound = names[0] === 'export=' || named.length === 0 ? (own ?? localName(path)) : `{ ${named.join(', ')} }`
  return `const ${bound} = require('${path}')`
}

function javascriptImport(path: string, names: readonly string[], own: string | undefined): string {
  const named = names.filter(isNamed)
  if (named.length > 0 && names[0] !== 'default' && names[0] !== 'export=')
    return `import { ${named.join(', ')} } from '${path}'`
  return `import ${own ?? localName(path)} from '${path}'`
}

function localName(path: string): string {
  return path.replace(/[^\p{L}\p{N}]+(?<next>\p{L}?)/gu, (_, next: string) => next.toUpperCase())
}

/** The lines by which users of a package import some of its names. */

import type { Surface, SurfacePath } from '#generate/model.ts'

/** @param names - Those to import, at least one. */
export function importLine(
  { ecosystem, package: package_ }: Surface,
  { path, language, names: all }: SurfacePath,
  names: readonly string[],
): string {
  const [first = ''] = names
  switch (language) {
    case 'python':
      return `from ${path} import ${names.join(', ')}`
    case 'rust':
      return names.length === 1 ? `use ${path}::${first};` : `use ${path}::{${names.join(', ')}};`
    case 'go':
      return `import "${path}"`
    // One import brings one name: the package or namespace says where all of them are.
    case 'java':
    case 'groovy':
    case 'kotlin':
    case 'scala':
      return path === '' ? first : `package ${path}`
    case 'php':
      return path === '' ? first : `namespace ${path}`
    case 'csharp':
      return path === '' ? `using static ${first};` : `using ${path};`
    case 'ruby':
      return `require '${ecosystem === 'rubygems' ? package_.replaceAll('-', '/') : path}'`
    case 'c':
    case 'cpp':
      return `#include <${path}>`
    default:
      return language === 'javascript' && all.some(({ name }) => name === 'export=')
        ? required(path, names)
        : javascriptImport(path, names)
  }
}

const isNamed = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== 'default'

/** Of a module that is something as a whole: that, or some of its members. */
function required(path: string, names: readonly string[]): string {
  const named = names.filter(isNamed)
  const bound = names[0] === 'export=' || named.length === 0 ? localName(path) : `{ ${named.join(', ')} }`
  return `const ${bound} = require('${path}')`
}

function javascriptImport(path: string, names: readonly string[]): string {
  const named = names.filter(isNamed)
  if (named.length > 0 && names[0] !== 'default' && names[0] !== 'export=')
    return `import { ${named.join(', ')} } from '${path}'`
  return `import ${localName(path)} from '${path}'`
}

function localName(path: string): string {
  return path.replace(/[^\p{L}\p{N}]+(?<next>\p{L}?)/gu, (_, next: string) => next.toUpperCase())
}

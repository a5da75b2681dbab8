/** The lines that users of a package write: the command that installs it, and an import of some of its names. */

import type { Surface, SurfacePath } from '#generate/model.ts'

/** `null` where a package is asked for in a manifest and not by a command. */
export function installLine({ ecosystem, package: name }: Surface): string | null {
  switch (ecosystem) {
    case 'npm':
      return `npm install ${name}`
    case 'pypi':
      return `pip install ${name}`
    case 'cargo':
      return `cargo add ${name}`
    case 'go':
      return `go get ${name}`
    case 'rubygems':
      return `gem install ${name}`
    case 'packagist':
      return `composer require ${name}`
    case 'nuget':
      return `dotnet add package ${name}`
    default:
      return null
  }
}

/** @param names - Those to import, at least one. */
export function importLine(
  { ecosystem, package: package_ }: Surface,
  { path, language }: SurfacePath,
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
    case 'java':
    case 'groovy':
      return `import ${inside(path, '.', first)};`
    case 'kotlin':
    case 'scala':
      return `import ${inside(path, '.', first)}`
    case 'csharp':
      return path === '' ? `using static ${first};` : `using ${path};`
    case 'php':
      return `use ${inside(path, '\\', first)};`
    case 'ruby':
      return `require '${ecosystem === 'rubygems' ? package_.replaceAll('-', '/') : path}'`
    case 'c':
    case 'cpp':
      return `#include <${path}>`
    default:
      return javascriptImport(path, names)
  }
}

function javascriptImport(path: string, names: readonly string[]): string {
  const named = names.filter((name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== 'default')
  if (named.length > 0) return `import { ${named.join(', ')} } from '${path}'`
  const local = path.replace(/[^\p{L}\p{N}]+(?<next>\p{L}?)/gu, (_, next: string) => next.toUpperCase())
  return `import ${local} from '${path}'`
}

function inside(path: string, separator: string, name: string): string {
  return path === '' ? name : `${path}${separator}${name}`
}

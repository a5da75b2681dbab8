/** Public headers of C and C++: those in a folder `include/`, and those that a build file installs. */

import { compareText, type SurfacePath } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import { type NamedPackage, type PackageFiles, pathWith } from './files.ts'

const HEADER = /\.(?:h|hh|hpp|hxx|inl)$/
const INCLUDE = /^(?:.*\/)?include\/(?=.)/
const BUILD_FILE = /(?:^|\/)(?:Makefile\.am|CMakeLists\.txt|meson\.build)$/
/** Instructions that install headers: `include_HEADERS = a.h b.h`, `install(FILES a.h …)`, `install_headers('a.h')`. */
const INSTALLS = /^[ \t]*(?:nobase_)?(?:dist_)?\w*include_HEADERS[ \t]*\+?=|\binstall(?:_headers)?[ \t]*\(/
const MAX_TEXT = 500_000
/** Limit on the lines of one instruction. */
const MAX_LINES = 100
const INNER = /(?:^|\/)(?:internal|detail|details|impl|private)\//

export function headersOf(_about: NamedPackage | undefined, files: PackageFiles): SurfacePath[] {
  const { inside, analysis } = files
  const installed = installedBy(files)
  return inside
    .filter(({ path, language }) => HEADER.test(path) && (language === 'c' || language === 'cpp'))
    .flatMap((file) => {
      const include = INCLUDE.exec(file.path)?.[0]
      const path = include === undefined ? nameOf(file.path) : file.path.slice(include.length)
      if ((include === undefined && !installed.has(file.path)) || INNER.test(path)) return []
      const names = (analysis.exports[file.path] ?? []).map(({ name, to }) => ({
        name: name.replaceAll('.', '::'),
        to,
      }))
      return pathWith(
        path,
        file.language ?? 'c',
        names.filter(({ name }) => !/^_|_H(?:PP|H)?_*$/.test(name)),
      )
    })
    .sort((a, b) => compareText(a.path, b.path))
}

function installedBy({ inside }: PackageFiles): Set<string> {
  const installed = new Set<string>()
  for (const { path, text } of inside) {
    if (text === null || !BUILD_FILE.test(path)) continue
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const lines = text.slice(0, MAX_TEXT).split('\n')
    for (let at = 0; at < lines.length; at++) {
      if (!INSTALLS.test(lines[at] ?? '')) continue
      const isCall = /\(/.test(lines[at] ?? '')
      for (let more = 0; more < MAX_LINES; more++) {
        const line = lines[at + more] ?? ''
        for (const word of line.split(/[\s'",()=]+/)) if (HEADER.test(word)) installed.add(folder + word)
        if (isCall ? line.includes(')') : !line.trimEnd().endsWith('\\')) break
      }
    }
  }
  return installed
}

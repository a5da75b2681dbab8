/** Commands that build and test a .NET solution or project. */

import type { SourceFile } from '#generate/model.ts'
import { type Command, type Here, lines } from './command.ts'

const PLATFORM = /"runner"\s{0,9}:\s{0,9}"Microsoft\.Testing\.Platform"/

/** Matches a custom build script. */
const OWN_BUILD = /^build\.(?:cake|cmd|bat|ps1|sh)$/i

export function ofDotnet(file: SourceFile, { writing }: Here): Command[] {
  if (writing.inventory.files.some(({ path }) => OWN_BUILD.test(path))) return []
  // Test projects are artifacts, not packages.
  const isTested = writing.analysis.artifacts.nodes.some(
    ({ kind, file, detail }) =>
      kind === 'package' &&
      /\.(?:cs|fs|vb)proj$/.test(file) &&
      (/^test\b/.test(detail) || writing.repo.files.get(file)?.role === 'test'),
  )
  const isSolution = /\.slnx?$/.test(file.path)
  // The newer test platform takes no path without an option.
  const option = PLATFORM.test(writing.repo.files.get('global.json')?.text ?? '')
    ? isSolution
      ? '--solution '
      : '--project '
    : ''
  return lines(`dotnet build ${file.path}`, ...(isTested ? [`dotnet test ${option}${file.path}`] : []))
}

export function hasSolution({ writing }: Here): boolean {
  return writing.inventory.files.some(({ path }) => /\.slnx?$/.test(path))
}

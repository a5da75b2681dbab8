/** Commands that build, test and run a .NET solution or project. */

import { hasText } from '#base/find-text.ts'
import { isSideline } from '#generate/beside-code.ts'
import type { SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Command, type Here, lines, PLAIN } from './command.ts'

/** Matches paths of projects other than the main program. */
const BESIDE = /(?:^|[/.])(?:bench\w*|demos?|examples?|samples?|tests?)(?=[/.])/i

const PLATFORM = /"runner"\s{0,9}:\s{0,9}"Microsoft\.Testing\.Platform"/

export function ofDotnet(file: SourceFile, { writing }: Here): Command[] {
  // Test projects are artifacts, not packages.
  const isTested = writing.analysis.artifacts.nodes.some(
    ({ kind, file, detail }) =>
      kind === 'package' &&
      /\.(?:cs|fs|vb)proj$/.test(file) &&
      (/^test\b/.test(detail) || writing.repo.files.get(file)?.role === 'test'),
  )
  const isSolution = /\.slnx?$/.test(file.path)
  const programs = writing.packages.filter(
    ({ ecosystem, programs, manifest }) =>
      ecosystem === 'nuget' &&
      programs.length > 0 &&
      PLAIN.test(manifest) &&
      !BESIDE.test(manifest) &&
      !isSideline(folderOf(manifest)) &&
      // A solution builds only the projects that it names.
      (!isSolution || hasText(file.text ?? '', nameOf(manifest))),
  )
  // The newer test platform takes no path without an option.
  const option = PLATFORM.test(writing.repo.files.get('global.json')?.text ?? '')
    ? isSolution
      ? '--solution '
      : '--project '
    : ''
  return lines(
    `dotnet build ${file.path}`,
    ...(isTested ? [`dotnet test ${option}${file.path}`] : []),
    ...programs.map(({ manifest }) => `dotnet run --project ${manifest}`),
  )
}

export function hasSolution({ writing }: Here): boolean {
  return writing.inventory.files.some(({ path }) => /\.slnx?$/.test(path))
}

/** Projects and solutions of .NET: references and compiled files of a project, projects of a solution. */

import { type Element, elementsBelow } from '#generate/formats/read-xml.ts'
import { isTestProject, PROJECT } from '#generate/manifests/dotnet.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

const SHARED = /^Directory\.[A-Za-z]+\.(?:props|targets)$/
/** Item types that name a file. */
const ITEMS = ['Compile', 'EmbeddedResource', 'Content', 'None', 'AdditionalFiles', 'ApplicationDefinition', 'Page']
const SOLUTION_LINE = /^Project\("\{[0-9A-Fa-f-]{36}\}"\)\s*=\s*"[^"]{1,200}",\s*"([^"]{1,500})"/
const MAX_LINES = 20_000

export const dotnetProject: Format = {
  fits: (path) => PROJECT.test(path) || SHARED.test(nameOf(path)),
  read: (file, builder, repository) => {
    const project = repository.xml(file.path)
    if (project?.name !== 'Project') return
    const folder = folderOf(file.path)
    const { startLine, endLine } = project
    const isProject = PROJECT.test(file.path)
    const id = isProject
      ? builder.add({ kind: 'package', name: projectName(file.path), startLine, endLine, detail: detailOf(project) })
      : file.path
    for (const reference of elementsBelow(project, 'ProjectReference')) {
      builder.link(id, projectId(pathOf(folder, reference.attributes.get('Include')), repository), 'depends-on')
    }
    for (const name of ITEMS) {
      for (const item of elementsBelow(project, name)) {
        for (const written of (item.attributes.get('Include') ?? item.attributes.get('Update') ?? '').split(';')) {
          for (const path of filesOf(folder, written, repository)) builder.link(id, path, 'uses')
        }
      }
    }
    for (const imported of elementsBelow(project, 'Import')) {
      const path = pathOf(folder, imported.attributes.get('Project')?.replace(/^\$\(MSBuildThisFileDirectory\)/, './'))
      if (repository.isFile(path)) builder.link(id, path, 'uses')
    }
    if (isProject) {
      // MSBuild imports the nearest file of each kind.
      for (const name of ['Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props'])
        builder.link(id, repository.above(folder, name)[0], 'uses')
    }
  },
}

export const dotnetSolution: Format = {
  fits: (path) => /\.slnx?$/.test(path),
  read: (file, builder, repository) => {
    const folder = folderOf(file.path)
    const name = nameOf(file.path).replace(/\.slnx?$/, '')
    if (file.path.endsWith('.slnx')) {
      const solution = repository.xml(file.path)
      if (solution?.name !== 'Solution') return
      const { startLine, endLine } = solution
      const id = builder.add({ kind: 'package', name, startLine, endLine, detail: 'solution' })
      for (const project of elementsBelow(solution, 'Project')) {
        builder.link(id, projectId(pathOf(folder, project.attributes.get('Path')), repository), 'uses')
      }
      for (const item of elementsBelow(solution, 'File')) {
        const path = pathOf(folder, item.attributes.get('Path'))
        if (repository.isFile(path)) builder.link(id, path, 'uses')
      }
      return
    }
    const lines = file.text.split('\n', MAX_LINES)
    if (!lines.slice(0, 5).some((line) => line.includes('Visual Studio Solution File'))) return
    const id = builder.add({ kind: 'package', name, startLine: 1, endLine: lines.length, detail: 'solution' })
    for (const line of lines) {
      const path = line.length > 1_000 ? undefined : SOLUTION_LINE.exec(line)?.[1]
      if (path !== undefined) builder.link(id, projectId(pathOf(folder, path), repository), 'uses')
    }
  },
}

function projectName(path: string): string {
  return nameOf(path).replace(PROJECT, '')
}

/** The id of a C#, F# or Visual Basic project; the file of another kind. */
function projectId(path: string | undefined, repository: Repository): string | undefined {
  if (!repository.isFile(path)) return undefined
  return PROJECT.test(path) ? `${path}#${projectName(path)}` : path
}

/** Resolves a path written with `\` or `/`; `undefined` if it contains a property or a pattern. */
function pathOf(folder: string, written: string | undefined): string | undefined {
  if (written === undefined || written === '' || /[$@%*?]/.test(written)) return undefined
  return joinPath(folder, written.trim().replaceAll('\\', '/'))
}

/** The file of an item, or the files that match its pattern. */
function filesOf(folder: string, written: string, repository: Repository): string[] {
  const path = pathOf(folder, written)
  if (path !== undefined) return repository.isFile(path) ? [path] : []
  const pattern = written.trim().replaceAll('\\', '/')
  const prefix = /^[^$@%*?]*\//.exec(pattern)?.[0] ?? ''
  const above = joinPath(folder, prefix)
  // `**/*.cs` matches the whole project, which says nothing about single files.
  if (above === undefined || prefix === '' || /[$@%]/.test(pattern) || pattern.includes('**')) return []
  return repository.filesLike(inFolder(above, pattern.slice(prefix.length)))
}

/** Describes the output, the frameworks and the packages. */
function detailOf(project: Element): string {
  const text = (name: string): string => elementsBelow(project, name)[0]?.text ?? ''
  const packages = elementsBelow(project, 'PackageReference').flatMap((one) => one.attributes.get('Include') ?? [])
  const output = text('OutputType')
  return [
    isTestProject([project]) ? 'test' : output === '' ? 'library' : output,
    frameworksOf(project),
    ...(packages.length > 0 ? [`needs ${[...new Set(packages)].join(', ')}`] : []),
  ]
    .filter((part) => part !== '' && !part.includes('$('))
    .join('; ')
}

/** The frameworks that all properties add, without duplicates: `$(TargetFrameworks);net8.0` adds one. */
function frameworksOf(project: Element): string {
  const written = ['TargetFramework', 'TargetFrameworks'].flatMap((name) => elementsBelow(project, name))
  const names = written.flatMap(({ text }) => text.split(';').map((one) => one.trim()))
  return [...new Set(names)].filter((one) => /^[\w.-]{1,60}$/.test(one)).join(';')
}

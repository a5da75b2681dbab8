/** Reads .NET projects: package references, and properties inherited from Directory.Build.props. */

import { type Element, elementsBelow } from '#generate/formats/read-xml.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const PROJECT = /\.(?:cs|fs|vb)proj$/
/** Properties of projects that are meant to be published. */
const PUBLISHED = [
  'PackageId',
  'PackageTags',
  'PackageReadmeFile',
  'PackageIcon',
  'PackageDescription',
  'PackAsTool',
  'GeneratePackageOnBuild',
]
const TEST_SDK = 'Microsoft.NET.Test.Sdk'

export function readDotnet(path: string, files: RepositoryFiles): Package | undefined {
  const project = files.xml(path)
  if (project?.name !== 'Project') return undefined
  const shared = files
    .above(folderOf(path), 'Directory.Build.props')
    .slice(0, 1)
    .flatMap((one) => files.xml(one) ?? [])
  const own = (name: string): string | undefined => propertyIn(project, name)
  const text = (name: string): string | undefined =>
    own(name) ?? shared.map((one) => propertyIn(one, name)).find((one) => one !== undefined)
  const name = own('PackageId') ?? own('AssemblyName') ?? nameOf(path).replace(PROJECT, '')
  const references = [...shared, project].flatMap((one) => elementsBelow(one, 'PackageReference'))
  const isProgram =
    /^(?:Win)?Exe$/i.test(own('OutputType') ?? '') ||
    /^Microsoft\.NET\.Sdk\.(?:Web|Worker)$/.test(project.attributes.get('Sdk') ?? '')
  const isTest =
    text('IsTestProject') === 'true' || references.some((one) => one.attributes.get('Include') === TEST_SDK)
  const isTool = own('PackAsTool') === 'true'
  const isPackable =
    own('IsPackable') ?? shared.map((one) => propertyIn(one, 'IsPackable')).find((one) => one !== undefined)
  return newPackage('nuget', path, {
    name,
    version: text('Version') ?? text('VersionPrefix'),
    description: own('Description') ?? own('PackageDescription'),
    licence: text('PackageLicenseExpression'),
    isPrivate:
      isTest ||
      (isProgram && !isTool) ||
      isPackable?.toLowerCase() === 'false' ||
      !(isPackable?.toLowerCase() === 'true' || PUBLISHED.some((one) => own(one) !== undefined)),
    dependencies: [...shared, project].flatMap((one) => dependenciesOf(one, null)),
    programs: isProgram
      ? [{ name: own('ToolCommandName') ?? own('AssemblyName') ?? nameOf(path).replace(PROJECT, ''), runs: path }]
      : [],
    tools: ['dotnet'],
  })
}

function propertyIn(project: Element, name: string): string | undefined {
  const text = elementsBelow(project, name)[0]?.text
  return text === undefined || text === '' || text.includes('$(') ? undefined : text
}

/** `condition` is the property of the build required by the nearest enclosing element. */
function dependenciesOf(element: Element, condition: string | null): Dependency[] {
  return element.children.flatMap((child) => {
    const own = conditionOf(child) ?? condition
    return child.name === 'PackageReference'
      ? dependencyOf(child, own)
      : /^(?:ItemGroup|Choose|When|Otherwise)$/.test(child.name)
        ? dependenciesOf(child, own)
        : []
  })
}

/** `'$(BuildTarget)' == 'fsharp'` becomes `BuildTarget=fsharp`; the target framework is not for the user to choose. */
function conditionOf({ attributes }: Element): string | null {
  for (const part of (attributes.get('Condition') ?? '').slice(0, 1_000).split(/\band\b/i)) {
    const [, name = '', value = ''] = /^\s*'?\$\((\w{1,60})\)'?\s*==\s*'([^']{1,60})'\s*$/.exec(part) ?? []
    if (name !== '' && !/^TargetFramework/.test(name)) return `${name}=${value}`
  }
  return null
}

/** Analysers and build tools are private assets; a dependency with a condition is optional. */
function dependencyOf(reference: Element, condition: string | null): Dependency[] {
  const name = reference.attributes.get('Include') ?? reference.attributes.get('Update')
  if (name === undefined) return []
  const isPrivate = [
    reference.attributes.get('PrivateAssets'),
    ...reference.children.filter((one) => one.name === 'PrivateAssets').map((one) => one.text),
  ].some((assets) => assets?.toLowerCase() === 'all')
  const isTest = name === TEST_SDK || /^(?:xunit|nunit|mstest|coverlet|moq$|fluentassertions)/i.test(name)
  if (isTest || isPrivate) return [{ name, kind: isTest ? 'development' : 'build', group: null }]
  return [{ name, kind: condition === null ? 'runtime' : 'optional', group: condition }]
}

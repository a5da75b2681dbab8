/** Reads .NET projects: their own package references, and properties inherited from Directory.Build.props. */

import { type Element, elementsBelow } from '#generate/formats/read-xml.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

export const PROJECT = /\.(?:cs|fs|vb)proj$/
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
    [project, ...shared].map((one) => propertyIn(one, name)).find((one) => one !== undefined)
  const name = packageName(project, path)
  const isProgram =
    /^(?:Win)?Exe$/i.test(own('OutputType') ?? '') ||
    /^Microsoft\.NET\.Sdk\.(?:Web|Worker)$/.test(project.attributes.get('Sdk') ?? '')
  // Projects that only build others: `<Project Sdk="Microsoft.Build.Traversal/2.0.24">`
  const isBuild = /^Microsoft\.Build\.(?:NoTargets|Traversal)\b/.test(project.attributes.get('Sdk') ?? '')
  const isTool = own('PackAsTool') === 'true'
  const isPackable = text('IsPackable')?.toLowerCase()
  return newPackage('nuget', path, {
    name,
    version: text('Version') ?? text('VersionPrefix'),
    description: own('Description') ?? own('PackageDescription'),
    licence: text('PackageLicenseExpression'),
    isPrivate:
      isTestProject([project, ...shared]) ||
      isBuild ||
      (isProgram && !isTool) ||
      isPackable === 'false' ||
      !(isPackable === 'true' || PUBLISHED.some((one) => text(one) !== undefined)),
    dependencies: dependenciesOf(project, UNLIMITED, (reference) => projectAt(folderOf(path), reference, files)),
    programs: isProgram
      ? [{ name: own('ToolCommandName') ?? own('AssemblyName') ?? nameOf(path).replace(PROJECT, ''), runs: path }]
      : [],
    tools: ['dotnet'],
  })
}

/** @param elements - A project, and files that it shares with others. */
export function isTestProject(elements: readonly Element[]): boolean {
  const stated = elements.map((one) => propertyIn(one, 'IsTestProject')).find((one) => one !== undefined)
  const references = elements.flatMap((one) => elementsBelow(one, 'PackageReference'))
  return stated === 'true' || references.some((one) => one.attributes.get('Include') === TEST_SDK)
}

const packageName = (project: Element, path: string): string =>
  propertyIn(project, 'PackageId') ?? propertyIn(project, 'AssemblyName') ?? nameOf(path).replace(PROJECT, '')

/** The package name of a referenced project: `..\Orbit\Orbit.csproj`. */
function projectAt(folder: string, reference: string, files: RepositoryFiles): string | undefined {
  const path = joinPath(folder, reference.replaceAll('\\', '/'))
  const project = path !== undefined && PROJECT.test(path) && files.isFile(path) ? files.xml(path) : undefined
  return path === undefined || project === undefined ? undefined : packageName(project, path)
}

function propertyIn(project: Element, name: string): string | undefined {
  const text = elementsBelow(project, name)[0]?.text
  return text === undefined || text === '' || text.includes('$(') ? undefined : text
}

/**
 * The conditions of a reference: a property that the builder sets, and target frameworks or systems, which are given.
 */
interface Limit {
  property: string | null
  targets: readonly string[]
}

const UNLIMITED: Limit = { property: null, targets: [] }

/** @param projectAt - The package name of a referenced project, if it is in the repository. */
function dependenciesOf(
  element: Element,
  around: Limit,
  projectAt: (reference: string) => string | undefined,
): Dependency[] {
  return element.children.flatMap((child) => {
    const own = limitOf(child, around)
    const included = child.attributes.get('Include')
    if (child.name === 'PackageReference') return dependencyOf(child, included ?? child.attributes.get('Update'), own)
    if (child.name === 'ProjectReference')
      return isOfBuild(child) ? [] : dependencyOf(child, projectAt(included ?? ''), own)
    return /^(?:ItemGroup|Choose|When|Otherwise)$/.test(child.name) ? dependenciesOf(child, own, projectAt) : []
  })
}

/** Whether a project is only built first, such as an analyser. */
const isOfBuild = (reference: Element): boolean =>
  settingOf(reference, 'ReferenceOutputAssembly')?.toLowerCase() === 'false' ||
  settingOf(reference, 'OutputItemType') !== undefined

/** A setting of a reference, which is an attribute or an element. */
const settingOf = ({ attributes, children }: Element, name: string): string | undefined =>
  attributes.get(name) ?? children.find((one) => one.name === name)?.text

const COMPARISON = /^\s*'?\$\((\w{1,60})\)'?\s*==\s*'([^']{1,60})'\s*$/
const MAX_CONDITION = 1_000
const MAX_SHOWN = 80

/**
 * `'$(BuildTarget)' == 'fsharp'` becomes `BuildTarget=fsharp`, and `'$(TargetFramework)' == 'net462'` becomes `net462`.
 */
function limitOf({ attributes }: Element, around: Limit): Limit {
  const condition = (attributes.get('Condition') ?? '').trim().slice(0, MAX_CONDITION)
  if (condition === '') return around
  let { property, targets } = around
  for (const part of condition.split(/\band\b/i)) {
    const compared = part.split(/\bor\b/i).map((one) => COMPARISON.exec(one))
    const names = new Set(compared.map((one) => one?.[1] ?? ''))
    const [name = ''] = names
    const values = compared.flatMap((one) => one?.[2] ?? [])
    const areTargets = [...names].every((one) => /^(?:TargetFramework|TargetFrameworkIdentifier|OS)$/.test(one))
    if (areTargets) targets = values
    else if (names.size === 1 && name !== '') property = `${name}=${values.join('|')}`
    else if (/TargetFramework|IsOSPlatform/.test(part)) targets = [shortCondition(part)]
  }
  return { property, targets: targets.filter((one) => one !== '') }
}

/** Functions of MSBuild in a condition without its quotes, spaces and `$(…)`, and how they are shown. */
const FORMS: readonly (readonly [form: RegExp, shown: string])[] = [
  [/^\[MSBuild\]::IsTargetFrameworkCompatible\(TargetFramework,([\w.-]{1,40})\)$/, 'compatible with $1'],
  [/^TargetFramework\.StartsWith\(([\w.-]{1,40})\)$/, '$1*'],
  [/^\[MSBuild\]::IsOSPlatform\((\w{1,40})\)$/, '$1'],
  [/^\[MSBuild\]::GetTargetFrameworkIdentifier\(TargetFramework\)[!=]=([\w.-]{1,40})$/, '$1'],
  [/^TargetFramework!=([\w.-]{1,40})$/, '$1'],
]

/** A condition that is not a plain comparison: `only where the target is not compatible with net8.0`; unchanged if its form is unknown. */
function shortCondition(part: string): string {
  const named = part.replace(/\$\((\w{1,60})\)/g, '$1').replace(/['"`\s]/g, '')
  const isNegated = named.startsWith('!') || named.includes('!=')
  const bare = named.replace(/^!/, '').replace(/^\$\((.{1,200}?)\)(?=$|[!=]=)/, '$1')
  for (const [form, shown] of FORMS)
    if (form.test(bare)) {
      const target = `${isNegated ? 'not ' : ''}${bare.replace(form, shown)}`
      return target.includes(' ') ? `only where the target is ${target}` : target
    }
  const written = part.trim()
  return written.length > MAX_SHOWN ? '' : written
}

/**
 * Makes a dependency. Analysers and build tools are private assets; a dependency that needs a build property is
 * optional.
 */
function dependencyOf(reference: Element, name: string | undefined, { property, targets }: Limit): Dependency[] {
  if (name === undefined) return []
  const isPrivate = settingOf(reference, 'PrivateAssets')?.toLowerCase() === 'all'
  const isTest = name === TEST_SDK || /^(?:xunit|nunit|mstest|coverlet|moq$|fluentassertions)/i.test(name)
  if (isTest || isPrivate) return [{ name, kind: isTest ? 'development' : 'build', group: null }]
  if (property !== null) return [{ name, kind: 'optional', group: property }]
  const groups = targets.length === 0 ? [null] : targets
  return groups.map((group) => ({ name, kind: 'runtime', group }))
}

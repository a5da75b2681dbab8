/** What a TypeScript package exports, by the compiler, with declarations that can be asked about in another version. */

import ts from 'typescript'
import { type Roles, rolesOf, typesInside } from './typescript-roles.ts'

export const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  types: [],
}

export interface Exported {
  /** As it is declared, which may be another name than that of the export, such as `default`. */
  name: string
  file: string
  /** The type parameters of a type as they are declared, and their names. */
  generic: { text: string; names: string } | undefined
  isValue: boolean
  isType: boolean
  isClass: boolean
  /** How many type parameters the type has, and how many of them have no default. */
  parameters: number
  required: number
  /** How it is declared, without comments, bodies and names of parameters. */
  declared: string
  /** The type of a value, the members of a class behind ` = `, the whole declaration of another type. */
  shape: string
  /** What a constructor takes, as the type of a function. */
  makes: string | undefined
}

interface Exports {
  all: Map<string, Exported>
  /** Types that only other modules of the package export, with their files. */
  hidden: Map<string, string>
  /** Values whose types (`typeof stop`) are in a declaration, which imports them, with their files. */
  values: Map<string, string>
  roles: Roles
}

export function exportsOf(entry: string): Exports {
  const program = ts.createProgram([entry], OPTIONS)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(entry)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${entry} exports nothing.`)
  const targets = checker.getExportsOfModule(module).flatMap((symbol): [string, ts.Symbol][] => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const inside = typesInside(target, checker).map((one): [string, ts.Symbol] => [`${symbol.name}.${one.name}`, one])
    return [[symbol.name, target], ...inside]
  })
  const all = new Map(
    targets.map(([name, target]): [string, Exported] => {
      const declaration = target.declarations?.[0]
      const isClass = (target.flags & ts.SymbolFlags.Class) !== 0
      return [
        name,
        {
          name: name.includes('.') ? name : declaredName(declaration, name),
          file: declaration?.getSourceFile().fileName ?? entry,
          isValue: (target.flags & ts.SymbolFlags.Value) !== 0,
          isType: !isClass && (target.flags & ts.SymbolFlags.Type) !== 0,
          isClass,
          generic: declaration && genericOf(declaration),
          parameters: declaration === undefined ? 0 : parametersOf(declaration).length,
          required:
            declaration === undefined ? 0 : parametersOf(declaration).filter((one) => one.default === undefined).length,
          declared: declaration === undefined ? '' : declaredAs(target, declaration, checker),
          ...(declaration === undefined
            ? { shape: 'unknown', makes: undefined }
            : shapeOf(target, declaration, checker)),
        },
      ]
    }),
  )
  const hidden = new Map<string, string>()
  for (const file of program.getSourceFiles()) {
    const inner = file.isDeclarationFile ? undefined : checker.getSymbolAtLocation(file)
    for (const symbol of inner === undefined ? [] : checker.getExportsOfModule(inner)) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      if (target.flags & ts.SymbolFlags.Type && symbol.name !== 'default') hidden.set(symbol.name, file.fileName)
    }
  }
  return { all, hidden, values: valuesIn(program, checker), roles: rolesOf(module, checker) }
}

function valuesIn(program: ts.Program, checker: ts.TypeChecker): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile) continue
    ts.forEachChild(file, function visit(node): void {
      if (ts.isTypeQueryNode(node) && ts.isIdentifier(node.exprName)) {
        const symbol = checker.getSymbolAtLocation(node.exprName)
        const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : undefined
        const from = target?.declarations?.[0]?.getSourceFile()
        if (from?.isDeclarationFile === false && target?.name === node.exprName.text)
          found.set(target.name, from.fileName)
      }
      ts.forEachChild(node, visit)
    })
  }
  return found
}

function declaredName(declaration: ts.Declaration | undefined, name: string): string {
  const own = declaration && ts.getNameOfDeclaration(declaration)
  return own !== undefined && ts.isIdentifier(own) ? own.text : name
}

function genericOf(declaration: ts.Declaration): Exported['generic'] {
  const parameters = parametersOf(declaration)
  if (parameters.length === 0) return undefined
  return {
    text: parameters.map((one) => one.getText().replace(/\s+/g, ' ')).join(', '),
    names: parameters.map((one) => one.name.text).join(', '),
  }
}

const parametersOf = (declaration: ts.Declaration): readonly ts.TypeParameterDeclaration[] =>
  ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassDeclaration(declaration)
    ? (declaration.typeParameters ?? [])
    : []

const FLAGS = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope

function shapeOf(
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  checker: ts.TypeChecker,
): Pick<Exported, 'shape' | 'makes'> {
  const textOf = (type: ts.Type): string => withoutPlaces(checker.typeToString(type, declaration, FLAGS))
  if (ts.isClassDeclaration(declaration)) {
    const isHidden = (member: ts.Symbol): boolean =>
      (ts.getCombinedModifierFlags(member.valueDeclaration ?? declaration) &
        (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !==
        0 || !/^[\w$]+$/.test(member.name)
    const members = checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
      .filter((member) => !isHidden(member))
      .map((member) => {
        const mark = member.flags & ts.SymbolFlags.Optional ? '?' : ''
        return `${member.name}${mark}: ${textOf(checker.getTypeOfSymbolAtLocation(member, declaration))}`
      })
    const [made] = checker.getTypeOfSymbolAtLocation(symbol, declaration).getConstructSignatures()
    const text =
      made &&
      withoutPlaces(checker.signatureToString(made, declaration, FLAGS | ts.TypeFormatFlags.WriteArrowStyleSignature))
    const generic = (declaration.typeParameters ?? []).map((one) => one.getText()).join(', ')
    return {
      shape: `${generic === '' ? '' : `<${generic}>`} = { ${members.join('; ')} }`,
      makes: text?.replace(/^new /, '').replace(/=> [^=]*$/, '=> void'),
    }
  }
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) {
    const printer = ts.createPrinter({ removeComments: true })
    return {
      shape: printer.printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile()),
      makes: undefined,
    }
  }
  return { shape: textOf(checker.getTypeOfSymbolAtLocation(symbol, declaration)), makes: undefined }
}

function declaredAs(symbol: ts.Symbol, declaration: ts.Declaration, checker: ts.TypeChecker): string {
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseFullyQualifiedType
  if (ts.isClassDeclaration(declaration)) {
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    const typed = members.map(
      (member) =>
        `${member.name}: ${checker.typeToString(checker.getTypeOfSymbolAtLocation(member, declaration), declaration, flags)}`,
    )
    return withoutPlaces(typed.join('; '))
  }
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration))
    return ts
      .createPrinter({ removeComments: true })
      .printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile())
  const text = checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, declaration), declaration, flags)
  return withoutPlaces(text).replace(/[\w$]+(?=\??: )/g, '')
}

/** A type that its file does not import is named with a path of this machine. */
const withoutPlaces = (text: string): string => text.replace(/\bimport\("[^"]*"\)\./g, '')

/** What pages say, in Spanish. */

import type { Inheritance } from '#generate/model.ts'
import { join } from '#markdown/build.ts'
import { grouped, NARROW, sized } from './numbers.ts'
import { capital, say } from './say.ts'
import type { Texts } from './texts.ts'
import { triggersIn } from './triggers.ts'

/** Numbers of four digits have no groups. */
const count = (value: number): string => grouped(value, NARROW, 5)
const n = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`
const files = (value: number): string => n(value, 'archivo')
const modules = (value: number): string => n(value, 'módulo')
const testFiles = (value: number): string => n(value, 'archivo de prueba', 'archivos de prueba')
const relation = (verb: string, one: string, many?: string): Texts['relations']['extends'] => ({
  say: (names) => say`${verb} ${names}`,
  head: capital(verb),
  ends: (number) => n(number, one, many),
})
const link = (verb: string): Texts['links']['uses'] => ({
  say: (names) => say`${verb} ${names}`,
  files: (number) => `${verb} ${files(number)}`,
})
const span = (start: number, end: number): string => (start === end ? `línea ${start}` : `líneas ${start} a ${end}`)
const KINDS: Texts['kinds'] = {
  class: 'clase',
  struct: 'estructura',
  interface: 'interfaz',
  trait: 'trait',
  enum: 'enumeración',
  type: 'tipo',
  function: 'función',
  method: 'método',
  field: 'campo',
  constant: 'constante',
  macro: 'macro',
  namespace: 'espacio de nombres',
  getter: 'getter',
  setter: 'setter',
  property: 'propiedad',
}
const DAYS = ['domingos', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábados']
const triggers = triggersIn({
  comma: ', ',
  and: ' y ',
  more: (left) => ` y ${count(left)} más`,
  push: (limits) => say`con cada push${limits}`,
  pull: (limits) => say`con cada pull request${limits}`,
  pullWithRights: (limits) => say`con cada pull request y los permisos del repositorio${limits}`,
  event: (name, types) => say`con el evento ${name}${types}`,
  types: (names) => say` (${names})`,
  branches: (names) => say` a ${names}`,
  otherBranches: (names) => say` a ramas distintas de ${names}`,
  tags: (names) => say` de etiquetas ${names}`,
  andTags: (names) => say` y de etiquetas ${names}`,
  otherTags: (names) => say` de etiquetas distintas de ${names}`,
  paths: (names) => say` que cambie ${names}`,
  otherPaths: (names) => say` que cambie algo más que ${names}`,
  but: (names) => say` (salvo ${names})`,
  daily: (at) => `todos los días a las ${at}`,
  weekly: (day, at) => `todos los ${DAYS[day]} a las ${at}`,
  monthly: (day, at) => `el día ${day} de cada mes a las ${at}`,
  cron: (expression) => say`según la programación ${expression}`,
  schedule: 'según una programación',
  hand: 'al iniciarse a mano',
  call: 'cuando lo llama otro flujo de trabajo',
  afterAny: 'después de otro flujo de trabajo',
  after: (workflows) => say`después de ${workflows}`,
})

const ARROWS: Readonly<Record<Inheritance, string>> = {
  extends: 'una flecha continua lleva al que extiende',
  implements: 'una discontinua, al que implementa',
  'mixes-in': 'una gruesa, al módulo que incluye',
}

export const es: Texts = {
  count,
  size: (bytes) => sized(bytes, ',', ['B', 'KB', 'MB']),
  comma: ', ',
  colon: ': ',
  stop: '.',
  andMore: (items, more) => say`${items} y ${count(more)} más`,
  moreItems: (more) => `y ${count(more)} más`,
  more: (more) => `Y ${count(more)} más.`,
  files,
  lines: (number) => n(number, 'línea'),
  modules,
  names: (number) => n(number, 'nombre'),
  places: (number) => n(number, 'lugar', 'lugares'),
  testFiles,
  filesAndTests: (number, tests) => `${files(number)} y ${testFiles(tests)}`,
  span,
  place: (file, start, end) => `${file}, ${span(start, end)}`,
  atLines: (lines, more) =>
    say` (${lines.length + more === 1 ? 'línea' : 'líneas'} ${join(lines, ', ')}${more === 0 ? '' : ` y ${count(more)} más`})`,
  kinds: KINDS,
  relations: {
    extends: relation('extiende', 'tipo base', 'tipos base'),
    implements: relation('implementa', 'tipo implementado', 'tipos implementados'),
    'mixes-in': relation('incluye', 'módulo incluido', 'módulos incluidos'),
    implementedBy: relation('implementado por', 'implementación', 'implementaciones'),
    extendedBy: relation('extendido por', 'subtipo'),
    mixedInto: relation('incluido en', 'tipo que lo incluye', 'tipos que lo incluyen'),
    overriddenBy: relation('redefinido por', 'redefinición', 'redefiniciones'),
  },
  suchAs: (number, names) => say`${n(number, 'elemento')}, entre ellos ${names}`,
  someOf: (shown, ends) => `${count(shown)} de ${ends}`,
  allOf: (ends) => `Lista completa: ${ends}`,
  links: { uses: link('usa'), usedBy: link('usado por') },
  languageNames: {
    'ignore-list': 'Lista de exclusiones',
    jsonc: 'JSON con comentarios',
    'lock-file': 'Archivo de bloqueo',
    text: 'Texto',
  },
  other: 'otro',
  boxes: 'Nodos del diagrama',
  titles: {
    of: (name, label) => `${name}: ${label}`,
    range: (from, to) => `${from} a ${to}`,
    rangeInParts: (from, to) => `${from} a ${to}, en partes`,
    names: (names) => `${names.slice(0, -1).join(', ')} y ${names.at(-1)}`,
    namesAndMore: (names, more) => `${names.join(', ')} y ${more} más`,
    andMore: (name) => `${name} y otros`,
    around: (name) => `en torno a ${name}`,
    others: (label) => `${label} (otros)`,
    topLevel: 'primer nivel',
    topFiles: 'Archivos de la raíz',
    topTests: 'Pruebas y ejemplos de la raíz',
    tools: 'Compilación y herramientas',
    largeFiles: 'archivos grandes',
    otherFiles: 'otros archivos',
  },

  overview: {
    glance: 'De un vistazo',
    commit: (commit, ref, date, subject) => [
      ...say`commit ${commit}`,
      ...(ref === null ? [] : say` de ${ref}`),
      `, ${date}${subject === '' ? '' : ` («${subject}»)`}`,
    ],
    noFiles: 'El commit no contiene archivos.',
    readingTitle: 'Orden de lectura recomendado',
    reading:
      'Los archivos en los que se apoya la mayoría de los demás y aquellos en los que confluyen, cada uno después de los que él mismo usa:',
    usedByFiles: (number) => `usado por ${files(number)}`,
    usesFiles: (number) => `usa ${files(number)}`,
    further: 'Más páginas',
    files: 'Archivos',
    fileHeads: ['lenguaje', 'archivos', 'líneas', 'tamaño', 'analizado'],
    yes: 'sí',
    also: (names) => say`También: ${names}`,
    notAnalysed: (items) => say`No analizados, los más grandes primero: ${items}.`,
    smaller: (number) => `y ${n(number, 'más pequeño', 'más pequeños')}`,
    leftOut: (items) => say`Se omiten: ${items}.`,
    generated: (number) => n(number, 'archivo generado', 'archivos generados'),
    vendored: (number) => n(number, 'archivo de terceros incluido', 'archivos de terceros incluidos'),
    unparsed: (number) => `partes de ${files(number)} que no se pudieron interpretar`,
    skipped: (number, reasons) => say`${n(number, 'omitido')} (${reasons})`,
    reasons: {
      symlink: 'por enlace simbólico',
      submodule: 'por submódulo',
      'too large': 'por tamaño',
      'over the file limit': 'por el límite de archivos',
      'not readable': 'por lectura imposible',
      excluded: 'por exclusión',
    },
    licence: 'licencia',
    licenceIn: (path) => `licencia: ${path}`,
  },

  module: {
    arrows: (isNumbered) =>
      isNumbered
        ? 'Una flecha apunta a lo que se usa; su número es la cantidad de referencias.'
        : 'Una flecha apunta a lo que se usa; cuanto más gruesa, más referencias.',
    drawn: (drawn, total) =>
      `Se dibujan ${count(drawn)} de ${count(total)} conexiones, las más fuertes primero; se omite lo que recargaría el diagrama o lo que resulta de otras dos.`,
    heads: ['módulo', 'contenido', 'por dónde empezar'],
    children: 'Módulos',
    mostUsed: 'Lo más usado',
    mostUsedInPlaces: (names) => say`Lo más usado, con el número de lugares: ${names}`,
    files: 'Archivos',
    fileHeads: ['archivo', 'contenido'],
    moreFiles: (number) => `Y ${n(number, 'archivo más', 'archivos más')}`,
    otherFiles: 'Otros archivos',
    examples: 'Ejemplos',
    tests: 'Pruebas',
    testedBy: 'Mencionado en pruebas',
    moreTestFiles: (number) => n(number, 'archivo de prueba más', 'archivos de prueba más'),
    fileUses: (targets, isTest) => say`: ${isTest ? 'prueba' : 'usa'} ${targets}`,
    fileAlsoUses: (targets, isTest) => say` ${isTest ? 'Prueba' : 'Usa'} ${targets}`,
    note: (author, file) => (author === null ? say`Nota tomada de ${file}.` : say`Nota de ${author}, en ${file}.`),
    alsoHolds: (names) => say` También ${names}.`,
    internal: (names) => say`elementos internos: ${names}`,
  },

  file: {
    of: (module) => say`archivo del módulo ${module}`,
    heads: ['nombre', 'clase de elemento', 'descripción'],
    moreNames: (number) => `Y ${n(number, 'nombre más', 'nombres más')}, más abajo.`,
    alsoNames: (names) => say`También ${names}.`,
    internalTo: (name) => `Interno de ${name}`,
    moreOf: (name) => `Más de ${name}`,
    alsoExported: (names) => say`También se exportan: ${names}`,
    internalDefinitions: (number) => n(number, 'definición interna', 'definiciones internas'),
  },

  entry: {
    definedIn: (kind, place) => say`${capital(KINDS[kind])} en ${place}`,
    value: 'Valor',
    values: 'Valores',
    inner: (number, names) => say`${number === 1 ? 'función interna' : 'funciones internas'} ${names}`,
    moreMembers: (names) => say`Más miembros: ${names}`,
    internalMembers: (number) => n(number, 'miembro interno', 'miembros internos'),
    has: (names) => say`contiene ${names}`,
    andNames: (names) => say`Y ${names}.`,
    deprecated: 'Obsoleto',
    parameter: 'parámetro',
    typeParameter: 'parámetro de tipo',
    field: 'campo',
    type: 'tipo',
    default: 'por defecto',
    returns: 'Devuelve',
    yields: 'Produce',
    raises: 'Lanza',
    throws: 'Lanza',
    example: 'Ejemplo',
    see: 'Véase también',
    from: (place) => say`de ${place}`,
    since: (version) => say`desde ${version}`,
    usedIn: (number) => `usos encontrados en ${n(number, 'lugar', 'lugares')}`,
    unknownCalls: (number) =>
      `${n(number, 'llamada más', 'llamadas más')} con este nombre sobre objetos de tipo desconocido`,
    alsoIn: (places) => say`también se declara en ${places}`,
    oneOf: (used) => `${used}, de esta sobrecarga o de otra`,
    exampleFiles: (number) => n(number, 'archivo de ejemplo', 'archivos de ejemplo'),
    referencedIn: (files) => `mencionado en ${files}`,
    examples: 'En ejemplos',
    tests: 'En pruebas',
  },

  types: {
    hierarchy: 'Jerarquía de tipos',
    arrow: {
      extends: 'Una flecha lleva de un tipo al que extiende.',
      implements: 'Una flecha lleva de un tipo al que implementa.',
      'mixes-in': 'Una flecha lleva de un tipo al módulo que incluye.',
    },
    arrows: (kinds) => `De un tipo, ${kinds.map((kind) => ARROWS[kind]).join('; ')}.`,
    outside: ' Los tipos de extremos redondeados son de otros módulos.',
    moreBases: (number) =>
      `${n(number, 'tipo más que otros extienden o implementan', 'tipos más que otros extienden o implementan')}`,
    boxOfTypes: (number) => n(number, 'tipo'),
    boxOfMore: (number) => `y ${count(number)} más`,
    glossary: 'Tipos centrales',
    glossaryHeads: ['tipo', 'descripción', 'lugares de uso'],
    kindOf: (kind, module) => say`${KINDS[kind]} del módulo ${module}`,
  },

  flows: {
    title: 'Flujos principales',
    note: 'Cada flecha es una llamada resuelta, y lo que se evalúa primero va primero: los argumentos antes de la llamada a la que se destinan. Solo figuran las llamadas más reveladoras. Se omiten las que tratan errores y las de funciones que se crean aquí y se ejecutan en otro sitio; lo que sigue a una salida anticipada ocurre solo si esta no se toma.',
    broken: ' Una flecha discontinua es una llamada en una rama o en un bucle.',
    through: (open, implementations) =>
      implementations === 1
        ? say` (implementa ${open})`
        : say` (una de ${String(implementations)} implementaciones de ${open})`,
    kept: (field, functions) =>
      functions === 1
        ? say` (guardada en ${field})`
        : say` (una de ${String(functions)} funciones guardadas en ${field})`,
    tree: 'Qué se llama',
    treeNote: 'Las llamadas en el orden en que se hacen; las que hacen otras se despliegan.',
    callsOf: (entry) => say`Llamadas de ${entry}`,
    calledBy: (callers) => `Llamado por ${n(callers, 'función', 'funciones')}`,
    happensIn: (entry, file) => [...say`Qué ocurre en ${entry}`, ...(file === null ? [] : say` de ${file}`)],
    sometimes: 'en algunos casos',
    inSeveral: 'en varias ramas',
    unlessEnded: 'salvo que termine antes',
    repeated: 'repetidamente',
    repeatedSometimes: 'repetidamente, en algunos casos',
  },

  publicApi: {
    title: 'API pública',
    heads: ['nombre', 'qué es'],
    deprecated: 'Obsoleto. ',
    moreNames: (number) => n(number, 'nombre más', 'nombres más'),
    morePaths: (number) => n(number, 'ruta de importación más', 'rutas de importación más'),
    morePackages: (names) => say`Más paquetes: ${names}.`,
  },

  launch: {
    title: 'Puntos de entrada',
    command: (name, manifest, target) => say`El comando ${name} (${manifest}) ejecuta ${target}.`,
    imageRuns: (image, target) => say`La imagen de ${image} ejecuta ${target}.`,
    routed: (targets) => say`Las peticiones se enrutan en ${targets}.`,
    program: (file, name, sentence) => [
      ...(name === null ? say`${file} es un programa` : say`${file} es el programa ${name}`),
      ...(sentence === null ? ['.'] : [': ', ...sentence]),
    ],
    mainIn: (entry, file) => say`${entry} en ${file} es un programa.`,
    functionIn: (entry, file) => say`${entry} en ${file}`,
    build: 'Compilar, ejecutar y probar',
    install: 'Instalar',
    usual: ' (como suelen ejecutarse sus herramientas)',
    configures: (manifest, tools) => say`${manifest} configura ${tools}`,
    imageFrom: (image) => say`a partir de ${image}`,
    ports: (ports) => `puerto ${ports}`,
    builtOn: 'Dependencias',
  },

  configuration: {
    title: 'Configuración',
    ofModule: 'Claves de configuración que este código lee por su nombre:',
    key: 'clave',
    definedIn: 'definida en',
    moreKeys: (number) => n(number, 'clave más', 'claves más'),
  },

  environment: {
    title: 'Variables de entorno',
    ofModule: 'Variables de entorno que este código lee por su nombre:',
    ofAll: 'Variables de entorno que el código lee por su nombre:',
    heads: {
      variable: 'variable',
      default: 'valor por defecto',
      purpose: 'para qué sirve',
      readAt: 'se lee en la línea',
      readIn: 'se lee en',
      by: 'por',
      setIn: 'se define en',
    },
    moreVariables: (number) => n(number, 'variable más', 'variables más'),
    variables: (number) => n(number, 'variable'),
    empty: '(vacío)',
    onlyTools: 'Leídas solo por pruebas, scripts y herramientas',
    unread: 'Definidas en archivos junto al código y no leídas por su nombre en ningún código',
  },

  routes: { title: 'Rutas', heads: ['ruta', 'atendida por', 'framework'] },

  artifacts: {
    families: {
      'packages-and-scripts': [
        'Paquetes y scripts',
        'Los paquetes de este repositorio y los comandos que definen sus manifiestos y Makefiles.',
      ],
      'images-and-services': ['Contenedores', 'Las etapas de las imágenes y los servicios que se inician juntos.'],
      'data-and-interfaces': [
        'Esquemas e interfaces',
        'Tablas de migraciones, puntos de acceso de descripciones de interfaces, mensajes y llamadas de protocolos.',
      ],
    },
    kinds: {
      package: 'paquete',
      script: 'script',
      target: 'objetivo',
      stage: 'etapa',
      service: 'servicio',
      table: 'tabla',
      endpoint: 'punto de acceso',
      message: 'mensaje',
      rpc: 'llamada',
    },
    heads: { name: 'nombre', kind: 'clase de elemento', what: 'contenido', leads: 'lleva a' },
    moreInFile: (number) => `Y ${count(number)} más en este archivo.`,
    andFiles: (number, items) => say`Y ${n(number, 'archivo más', 'archivos más')}: ${items}`,
    after: (names) => say`después de ${names}`,
    needs: (names) => say`necesita ${names}`,
    runs: (names) => say`ejecuta ${names}`,
    uses: (names) => say`usa ${names}`,
    projects: { library: 'biblioteca', settings: 'configuración', solution: 'solución', test: 'proyecto de prueba' },
  },

  ci: {
    title: 'Integración continua',
    intro: (jobs, number) =>
      `${n(jobs, 'trabajo')} en ${files(number)}: cuándo se ejecutan, a qué esperan y sus comandos.`,
    otherFiles: (items) => say`Otros archivos: ${items}.`,
    workflow: (name, when) => say`${name} se ejecuta ${when}.`,
    moreJobs: (number) => `Y ${n(number, 'trabajo más', 'trabajos más')}.`,
    triggers,
    calls: (workflow) => `llama a ${workflow}`,
    on: (runners) => `en ${runners}`,
  },

  symbols: {
    title: 'Todos los símbolos',
    intro: (number) => `${n(number, 'nombre público', 'nombres públicos')} del código, por orden alfabético.`,
    part: (letter, number, parts) => `Símbolos: ${letter}${parts === 1 ? '' : `, parte ${number} de ${parts}`}`,
    signs: 'Signos y cifras',
  },

  prose: {
    works: 'Funcionamiento',
    steps: 'Paso a paso',
    pitfalls: 'Dificultades',
    architecture: 'Arquitectura',
    concepts: 'Conceptos',
    mark: (models) =>
      `Escrito por ${models}. Los nombres y las líneas que cita existen en el código; no se ha comprobado que lo que dice sea cierto.`,
    titles: (model) => `Algunos títulos de módulos fueron propuestos por ${model}.`,
    broken: 'Las flechas discontinuas son del modelo; las demás están en el código.',
  },

  guide: {
    title: 'Guía',
    intro: 'Los documentos del propio repositorio, en su propio orden.',
    example: 'Ejemplo',
    all: (number) => `Los ${number} documentos`,
    from: (file) => say`De ${file}`,
    cut: (file) => say`El resto está en ${file}`,
    leftOut: (what, files) => say`No se muestran, ${what}: ${files}`,
    gaps: {
      translations: 'traducciones',
      'old versions': 'documentos de versiones anteriores',
      'too many': 'por encima del límite de este conjunto',
      unreadable: 'su lectura tardó demasiado',
    },
  },

  llms: {
    overview: 'visión general',
    fileOf: (module) => `archivo del módulo ${module}`,
    files,
    intro: (commit, hasSources) =>
      `Escrito a partir del código del commit ${commit}. Los enlaces siguientes son Markdown; por HTTP se pide con \`Accept: text/markdown\` o \`?format=md\`.${hasSources ? ' Los enlaces a `source/` llevan a líneas de archivos, que se piden con `Accept: text/plain` o `?format=text`.' : ''}`,
    docs: 'Documentación',
    optional: 'Opcional',
    all: 'Todas las páginas en un archivo',
    index: 'Cada símbolo con su archivo, sus líneas y su página',
    graph: 'El grafo de archivos, símbolos y referencias',
    sources: 'Los archivos del repositorio en este conjunto: cada uno está en `source/` y su nombre',
  },
}

/** What pages say, in German. */

import { join } from '#markdown/build.ts'
import { grouped, NARROW, sized } from './numbers.ts'
import { capital, say } from './say.ts'
import type { Texts } from './texts.ts'
import { triggersIn } from './triggers.ts'

const count = (value: number): string => grouped(value, '.')
const n = (value: number, one: string, many: string): string => `${count(value)} ${value === 1 ? one : many}`
const files = (value: number): string => n(value, 'Datei', 'Dateien')
const modules = (value: number): string => n(value, 'Modul', 'Module')
const testFiles = (value: number): string => n(value, 'Testdatei', 'Testdateien')
const relation = (verb: string, one: string, many: string): Texts['relations']['extends'] => ({
  say: (names) => say`${verb} ${names}`,
  head: capital(verb),
  ends: (number) => n(number, one, many),
})
const passive = (participle: string): Texts['links']['uses'] => ({
  say: (names) => say`${participle} von ${names}`,
  files: (number) => `von ${files(number)} ${participle}`,
})
const span = (start: number, end: number): string => (start === end ? `Zeile ${start}` : `Zeilen ${start} bis ${end}`)
const KINDS: Texts['kinds'] = {
  class: 'Klasse',
  struct: 'Struktur',
  interface: 'Schnittstelle',
  trait: 'Trait',
  enum: 'Enum',
  type: 'Typ',
  function: 'Funktion',
  method: 'Methode',
  field: 'Feld',
  constant: 'Konstante',
  variable: 'Variable',
  macro: 'Makro',
  namespace: 'Namensraum',
  getter: 'Getter',
  setter: 'Setter',
  property: 'Eigenschaft',
}

const DAYS = ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag']
const triggers = triggersIn({
  comma: ', ',
  and: ' und ',
  more: (left) => ` und ${count(left)} ${left === 1 ? 'weiterem' : 'weiteren'}`,
  push: (limits) => say`bei Pushes${limits}`,
  pull: (limits) => say`bei Pull Requests${limits}`,
  pullWithRights: (limits) => say`bei Pull Requests mit den Rechten des Repositorys${limits}`,
  event: (name, types) => say`beim Ereignis ${name}${types}`,
  types: (names) => say` (${names})`,
  branches: (names) => say` auf ${names}`,
  otherBranches: (names) => say` auf andere Branches als ${names}`,
  tags: (names) => say` von Tags ${names}`,
  andTags: (names) => say` und von Tags ${names}`,
  otherTags: (names) => say` von anderen Tags als ${names}`,
  paths: (names) => say` mit Änderungen an ${names}`,
  otherPaths: (names) => say` mit Änderungen außerhalb von ${names}`,
  but: (names) => say` (ohne ${names})`,
  daily: (at) => `täglich um ${at}`,
  weekly: (day, at) => `jeden ${DAYS[day]} um ${at}`,
  monthly: (day, at) => `am ${day}. jedes Monats um ${at}`,
  cron: (expression) => say`nach dem Zeitplan ${expression}`,
  schedule: 'nach einem Zeitplan',
  hand: 'bei manuellem Start',
  call: 'bei Aufruf durch einen anderen Workflow',
  afterAny: 'nach einem anderen Workflow',
  after: (workflows) => say`nach ${workflows}`,
})

export const de: Texts = {
  count,
  size: (bytes) => sized(bytes, ',', ['B', 'KB', 'MB']),
  comma: ', ',
  colon: ': ',
  stop: '.',
  andMore: (items, more) => say`${items} und ${more === 1 ? '1 weiteres Element' : `${count(more)} weitere`}`,
  moreItems: (more) => (more === 1 ? 'und 1 weiteres Element' : `und ${count(more)} weitere`),
  more: (more) => (more === 1 ? 'Und 1 weiterer Eintrag.' : `Und ${count(more)} weitere.`),
  files,
  lines: (number) => n(number, 'Zeile', 'Zeilen'),
  modules,
  names: (number) => n(number, 'Name', 'Namen'),
  places: (number) => n(number, 'Stelle', 'Stellen'),
  testFiles,
  filesAndTests: (number, tests) => `${files(number)} und ${testFiles(tests)}`,
  span,
  place: (file, start, end) => `${file}, ${span(start, end)}`,
  atLines: (lines, more) =>
    say` (${lines.length + more === 1 ? 'Zeile' : 'Zeilen'} ${join(lines, ', ')}${more === 0 ? '' : ` und ${count(more)} weitere`})`,
  kinds: KINDS,
  relations: {
    extends: relation('erweitert', 'Obertyp', 'Obertypen'),
    implements: relation('implementiert', 'Schnittstelle', 'Schnittstellen'),
    'mixes-in': relation('bindet ein', 'eingebundenes Modul', 'eingebundene Module'),
    implementedBy: relation('implementiert von', 'Implementierung', 'Implementierungen'),
    extendedBy: relation('erweitert von', 'Untertyp', 'Untertypen'),
    mixedInto: relation('eingebunden in', 'einbindender Typ', 'einbindende Typen'),
    overriddenBy: relation('überschrieben von', 'Überschreibung', 'Überschreibungen'),
  },
  suchAs: (number, names) => say`${count(number)} (z.${NARROW}B. ${names})`,
  someOf: (shown, ends) => `${count(shown)} von ${ends}`,
  allOf: (ends) => `Alle ${ends}`,
  links: {
    uses: {
      say: (names) => say`verwendet ${names}`,
      files: (number) => `verwendet ${files(number)}`,
    },
    usedBy: passive('verwendet'),
  },
  languageNames: {
    'ignore-list': 'Ignorierliste',
    jsonc: 'JSON mit Kommentaren',
    'lock-file': 'Lock-Datei',
    text: 'Text',
  },
  other: 'andere',
  boxes: 'Knoten des Diagramms',
  titles: {
    of: (name, label) => `${name}: ${label}`,
    range: (from, to) => `${from} bis ${to}`,
    rangeInParts: (from, to) => `${from} bis ${to}, aufgeteilt`,
    names: (names) => `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`,
    namesAndMore: (names, more) => `${names.join(', ')} und ${more} weitere`,
    andMore: (name) => `${name} und weitere`,
    around: (name) => `rund um ${name}`,
    others: (label) => `${label} (übrige)`,
    topLevel: 'oberste Ebene',
    topFiles: 'Dateien der obersten Ebene',
    topTests: 'Tests und Beispiele der obersten Ebene',
    tools: 'Build und Werkzeuge',
    largeFiles: 'große Dateien',
    otherFiles: 'übrige Dateien',
  },

  overview: {
    glance: 'Auf einen Blick',
    commit: (commit, ref, date, subject) => [
      ...say`Commit ${commit}`,
      ...(ref === null ? [] : say` von ${ref}`),
      `, ${date}${subject === '' ? '' : ` („${subject}“)`}`,
    ],
    noFiles: 'Der Commit enthält keine Dateien.',
    further: 'Weitere Seiten',
    files: 'Dateien',
    fileHeads: ['Sprache', 'Dateien', 'Zeilen', 'Größe', 'analysiert'],
    yes: 'ja',
    also: (names) => say`Außerdem: ${names}`,
    notAnalysed: (items) => say`Nicht analysiert, die größten zuerst: ${items}.`,
    smaller: (number) => `und ${count(number)} kleinere`,
    leftOut: (items) => say`Ausgelassen: ${items}.`,
    generated: (number) => n(number, 'generierte Datei', 'generierte Dateien'),
    vendored: (number) => n(number, 'mitgelieferte Fremddatei', 'mitgelieferte Fremddateien'),
    unparsed: (number) =>
      number === 1
        ? 'Teile von 1 Datei, die nicht geparst werden konnten'
        : `nicht parsbare Teile von ${count(number)} Dateien`,
    skipped: (number, reasons) => say`${count(number)} übersprungen (${reasons})`,
    reasons: {
      symlink: 'als Symlink',
      submodule: 'als Submodul',
      'too large': 'zu groß',
      'over the file limit': 'jenseits der Höchstzahl an Dateien',
      'not readable': 'nicht lesbar',
      excluded: 'ausgeschlossen',
    },
    licence: 'Lizenz',
    licenceIn: (path) => `Lizenz: ${path}`,
  },

  module: {
    drawn: (drawn, total) => `${count(drawn)} von ${count(total)} Verbindungen gezeichnet`,
    heads: ['Modul', 'Inhalt', 'Einstieg'],
    children: 'Module',
    files: 'Dateien',
    fileHeads: ['Datei', 'Inhalt'],
    moreFiles: (number) => `Und ${n(number, 'weitere Datei', 'weitere Dateien')}`,
    otherFiles: 'Übrige Dateien',
    examples: 'Beispiele',
    tests: 'Tests',
    testedBy: 'In Tests erwähnt',
    testsOf: (tests, names) => say`${tests} zu ${names}`,
    moreTestFiles: (number) => n(number, 'weitere Testdatei', 'weitere Testdateien'),
    fileUses: (targets, isTest) => say`: ${isTest ? 'testet' : 'verwendet'} ${targets}`,
    fileAlsoUses: (targets, isTest) => say` ${isTest ? 'Testet' : 'Verwendet'} ${targets}`,
    note: (author, file) => (author === null ? say`Hinweis aus ${file}.` : say`Hinweis von ${author} in ${file}.`),
    alsoHolds: (names) => say` Außerdem ${names}.`,
    internal: (words) => say`intern: ${words}`,
    onlyInternal: 'nur interne Definitionen',
    deprecated: (names) => say`veraltet: ${names}`,
    methodsOf: (type, names) => say`Methoden von ${type}: ${names}`,
  },

  file: {
    of: (module) => say`Datei des Moduls ${module}`,
    heads: ['Name', 'Art', 'Beschreibung'],
    moreNames: (number) => `Und ${n(number, 'weiterer Name', 'weitere Namen')}, siehe unten.`,
    internalTo: (name) => `Intern in ${name}`,
    moreOf: (name) => `Weiteres aus ${name}`,
    alsoExported: (names) => say`Ebenfalls exportiert: ${names}`,
    internalDefinitions: (number) => n(number, 'interne Definition', 'interne Definitionen'),
  },

  entry: {
    definedIn: (kind, place) => say`${KINDS[kind]} in ${place}`,
    value: 'Wert',
    values: 'Werte',
    inner: (number, names) => say`${number === 1 ? 'innere Funktion' : 'innere Funktionen'} ${names}`,
    moreMembers: (names) => say`Weitere Member: ${names}`,
    internalMembers: (number) => n(number, 'internes Member', 'interne Member'),
    has: (names) => say`enthält ${names}`,
    andNames: (names) => say`Und ${names}.`,
    deprecated: 'Veraltet',
    parameter: 'Parameter',
    typeParameter: 'Typparameter',
    field: 'Feld',
    type: 'Typ',
    default: 'Standardwert',
    returns: 'Ergebnis',
    yields: 'Liefert nacheinander',
    raises: 'Löst aus',
    throws: 'Wirft',
    example: 'Beispiel',
    see: 'Siehe auch',
    from: (place) => say`aus ${place}`,
    since: (version) => say`seit ${version}`,
    usedIn: (number) => `Verwendung an ${n(number, 'Stelle', 'Stellen')} gefunden`,
    unknownCalls: (number) =>
      `${n(number, 'weiterer Aufruf', 'weitere Aufrufe')} dieses Namens auf Objekten unbekannten Typs`,
    actualOf: (entry, file) => say`für seine Plattform, was ${entry} (${file}) deklariert`,
    pastedNames: 'weitere Verwendungen durch Makros, die den Namen zusammensetzen',
    alsoIn: (places) => say`auch deklariert in ${places}`,
    manyCalls: 'viele weitere Aufrufe dieses Namens auf Objekten unbekannten Typs',
    overloadCalls: (number) => `${n(number, 'Aufruf', 'Aufrufe')} dieser oder einer anderen Überladung`,
    exampleFiles: (number) => n(number, 'Beispieldatei', 'Beispieldateien'),
    referencedIn: (files) => `erwähnt in ${files}`,
    examples: 'In Beispielen',
    tests: 'In Tests',
  },

  types: {
    hierarchy: 'Typhierarchie',
    moreBases: (number) =>
      number === 1
        ? '1 weiterer Typ, der von anderen erweitert oder implementiert wird'
        : `${count(number)} weitere Typen, die von anderen erweitert oder implementiert werden`,
    boxOfTypes: (number) => n(number, 'Typ', 'Typen'),
    boxOfMore: (number) => `und ${count(number)} weitere`,
    glossary: 'Zentrale Typen',
    glossaryHeads: ['Typ', 'Beschreibung'],
  },

  callTree: {
    title: (entry, file) => [...say`Was ${entry} aufruft`, ...(file === null ? [] : say` (${file})`)],
    note: 'In der Reihenfolge der Ausführung; jede Bedingung gilt in der aufrufenden Funktion.',
    calledBy: (callers) => `Aufgerufen von ${n(callers, 'Funktion', 'Funktionen')}`,
    implementedBy: (names) => say` (implementiert von ${names})`,
    overriddenBy: (names) => say` (überschrieben von ${names})`,
    oneDefinition: ' (eine von mehreren Definitionen, je nach Build)',
    oneOverload: (number, name) => say`eine von ${count(number)} Überladungen von ${name}`,
    unopened: (number) => ` (${n(number, 'eigener Aufruf', 'eigene Aufrufe')})`,
    callsUnknown: (names) => say` (Aufrufe mit unbekanntem Ziel: ${names})`,
    unfollowed: (names) => say`Aufrufe mit unbekanntem Ziel: ${names}`,
    sometimes: 'in manchen Fällen',
    inSeveral: 'in mehreren Zweigen',
    unlessEnded: 'sofern es nicht vorher endet',
    repeated: 'wiederholt',
    repeatedSometimes: 'wiederholt, in manchen Fällen',
    repeatedUnlessEnded: 'wiederholt, sofern es nicht vorher endet',
    afterError: 'nach einem Fehler',
    inInner: 'in einer inneren Funktion',
    inMacro: 'in einem Makro',
    oneOf: 'eine von mehreren',
  },

  publicApi: {
    title: 'Öffentliche API',
    heads: ['Name', 'Was es ist'],
    deprecated: 'Veraltet. ',
    moreNames: (number) => n(number, 'weiterer Name', 'weitere Namen'),
    morePaths: (number) => n(number, 'weiterer Importpfad', 'weitere Importpfade'),
    morePackages: (names) => say`Weitere Pakete: ${names}.`,
  },

  launch: {
    title: 'Einstiegspunkte',
    command: (name, manifest, target) => say`Der Befehl ${name} (${manifest}) führt ${target} aus.`,
    imageRuns: (image, target) => say`Das Image aus ${image} startet ${target}.`,
    routed: (targets) => say`Anfragen werden geroutet in ${targets}.`,
    program: (file, name, sentence) => [
      ...(name === null ? say`${file} ist ein Programm` : say`${file} ist das Programm ${name}`),
      ...(sentence === null ? ['.'] : [': ', ...sentence]),
    ],
    mainIn: (entry, file) => say`${entry} in ${file} ist ein Programm.`,
    functionIn: (entry, file) => say`${entry} in ${file}`,
    build: 'Bauen, Ausführen und Testen',
    install: 'Installieren',
    usual: ' (wie ihre Werkzeuge üblicherweise laufen)',
    configures: (manifest, tools) => say`${manifest} konfiguriert ${tools}`,
    imageFrom: (image) => say`basiert auf ${image}`,
    ports: (ports) => `Port ${ports}`,
    builtOn: 'Abhängigkeiten',
    optional: (names) => say`wahlweise: ${names}`,
  },

  commandLine: {
    title: 'Befehlszeile',
    heads: { option: 'Option', default: 'Standardwert', purpose: 'Wirkung' },
    commandHeads: ['Befehl', 'Wirkung'],
    of: (name, options) => `${name}: ${n(options, 'Option', 'Optionen')}`,
    more: (number) => n(number, 'weitere Option', 'weitere Optionen'),
    defines: (number, names) => say`${number === 1 ? 'Befehl' : 'Befehle'} ${names}`,
    notWhole: 'Weitere Optionen kommen während der Ausführung hinzu.',
  },

  configuration: {
    title: 'Konfiguration',
    key: 'Schlüssel',
    definedIn: 'definiert in',
    moreKeys: (number) => n(number, 'weiterer Schlüssel', 'weitere Schlüssel'),
  },

  environment: {
    title: 'Umgebungsvariablen',
    heads: {
      variable: 'Variable',
      default: 'Standardwert',
      purpose: 'wozu',
      readAt: 'gelesen an',
      readIn: 'gelesen in',
      by: 'durch',
      setIn: 'gesetzt in',
    },
    moreVariables: (number) => n(number, 'weitere Variable', 'weitere Variablen'),
    variables: (number) => n(number, 'Variable', 'Variablen'),
    empty: '(leer)',
    unread: 'In Dateien neben dem Code gesetzt und von keinem Code unter dem Namen gelesen',
  },

  routes: { title: 'Routen', heads: ['Route', 'beantwortet von', 'Framework'] },

  artifacts: {
    families: {
      'packages-and-scripts': 'Pakete und Skripte',
      'images-and-services': 'Container',
      'data-and-interfaces': 'Schemas und Schnittstellen',
    },
    kinds: {
      package: 'Paket',
      script: 'Skript',
      target: 'Target',
      stage: 'Stufe',
      service: 'Dienst',
      table: 'Tabelle',
      endpoint: 'Endpunkt',
      message: 'Nachricht',
      rpc: 'Aufruf',
    },
    heads: { name: 'Name', kind: 'Art', what: 'Inhalt', leads: 'führt zu' },
    moreInFile: (number) => `Und ${count(number)} weitere in dieser Datei.`,
    andFiles: (number, items) => say`Und ${n(number, 'weitere Datei', 'weitere Dateien')}: ${items}`,
    after: (names) => say`nach ${names}`,
    needs: (names) => say`benötigt ${names}`,
    runs: (names) => say`führt ${names} aus`,
    uses: (names) => say`verwendet ${names}`,
    projects: { library: 'Bibliothek', settings: 'Einstellungen', solution: 'Projektmappe', test: 'Testprojekt' },
  },

  ci: {
    title: 'Kontinuierliche Integration',
    otherFiles: (items) => say`Weitere Dateien: ${items}.`,
    workflow: (name, when) => say`${name} läuft ${when}.`,
    moreJobs: (number) => `Und ${n(number, 'weiterer Job', 'weitere Jobs')}.`,
    triggers,
    calls: (workflow) => `ruft ${workflow} auf`,
    on: (runners) => `auf ${runners}`,
  },

  symbols: {
    title: 'Alle Symbole',
    intro: (number) => `${n(number, 'öffentlicher Name', 'öffentliche Namen')} des Codes in alphabetischer Folge.`,
    part: (letter, number, parts) => `Symbole: ${letter}${parts === 1 ? '' : `, Teil ${number} von ${parts}`}`,
    signs: 'Zeichen und Ziffern',
  },

  prose: {
    works: 'Funktionsweise',
    steps: 'Schritt für Schritt',
    pitfalls: 'Fallstricke',
    architecture: 'Architektur',
    concepts: 'Begriffe',
    mark: (models) =>
      `Geschrieben von ${models}. Die genannten Namen und Zeilen gibt es im Code; ob die Aussagen stimmen, wurde nicht geprüft.`,
    titles: (model) => `Einige Modultitel hat ${model} vorgeschlagen.`,
    broken: 'Gestrichelte Pfeile stammen vom Modell, die übrigen stehen im Code.',
  },

  guide: {
    title: 'Anleitungen',
    example: 'Beispiel',
    all: (number) => `Alle ${number} Dokumente`,
    from: (file) => say`Aus ${file}`,
    cut: (file) => say`Der Rest steht in ${file}`,
    leftOut: (what, files) => say`Nicht gezeigt, ${what}: ${files}`,
    gaps: {
      translations: 'Übersetzungen',
      'old versions': 'Dokumente älterer Versionen',
      'too many': 'über der Grenze dieses Satzes',
      unreadable: 'das Lesen dauerte zu lange',
    },
  },

  llms: {
    overview: 'Überblick',
    fileOf: (module) => `Datei des Moduls ${module}`,
    files,
    intro: (commit, hasSources) =>
      `Geschrieben aus dem Code des Commits ${commit}. Die folgenden Links führen zu Markdown; über HTTP ist es mit \`Accept: text/markdown\` oder \`?format=md\` erhältlich.${hasSources ? ' Links auf `source/` führen zu Zeilen von Dateien; als Text sind sie mit `Accept: text/plain` oder `?format=text` erhältlich.' : ''}`,
    docs: 'Dokumentation',
    optional: 'Weiteres',
    all: 'Alle Seiten in einer Datei',
    cut: (links, pages, millions) =>
      `${links} der ${pages} Seiten stehen hier nur als Link, damit diese Datei unter ${millions} Millionen Zeichen bleibt.`,
    index: 'Jedes Symbol mit Datei, Zeilen und Seite',
    graph: 'Der Graph der Dateien, Symbole und Verweise',
    sources: 'Die Dateien des Repositorys in diesem Satz: jede steht unter `source/` und ihrem Namen',
  },
}

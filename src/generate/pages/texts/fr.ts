/** What pages say, in French. A narrow no-break space stands before `:`, `;` and within guillemets. */

import type { Inheritance } from '#generate/model.ts'
import { join } from '#markdown/build.ts'
import { grouped, NARROW, sized } from './numbers.ts'
import { capital, say } from './say.ts'
import type { Texts } from './texts.ts'
import { triggersIn } from './triggers.ts'

const count = (value: number): string => grouped(value, NARROW)
/** Nought is singular. */
const n = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value < 2 ? one : many}`
const C = `${NARROW}: `
const files = (value: number): string => n(value, 'fichier')
const modules = (value: number): string => n(value, 'module')
const testFiles = (value: number): string => n(value, 'fichier de test', 'fichiers de test')
const relation = (verb: string, one: string, many?: string): Texts['relations']['extends'] => ({
  say: (names) => say`${verb} ${names}`,
  head: capital(verb),
  ends: (number) => n(number, one, many),
})
const link = (verb: string): Texts['links']['uses'] => ({
  say: (names) => say`${verb} ${names}`,
  files: (number) => `${verb} ${files(number)}`,
})
const span = (start: number, end: number): string => (start === end ? `ligne ${start}` : `lignes ${start} à ${end}`)
const KINDS: Texts['kinds'] = {
  class: 'classe',
  struct: 'structure',
  interface: 'interface',
  trait: 'trait',
  enum: 'énumération',
  type: 'type',
  function: 'fonction',
  method: 'méthode',
  field: 'champ',
  constant: 'constante',
  macro: 'macro',
  namespace: 'espace de noms',
  getter: 'accesseur',
  setter: 'mutateur',
  property: 'propriété',
}
const DAYS = ['dimanches', 'lundis', 'mardis', 'mercredis', 'jeudis', 'vendredis', 'samedis']
const triggers = triggersIn({
  comma: ', ',
  and: ' et ',
  more: (left) => ` et ${n(left, 'autre')}`,
  push: (limits) => say`lors des pushs${limits}`,
  pull: (limits) => say`lors des pull requests${limits}`,
  pullWithRights: (limits) => say`lors des pull requests, avec les droits du dépôt${limits}`,
  event: (name, types) => say`lors de l’événement ${name}${types}`,
  types: (names) => say` (${names})`,
  branches: (names) => say` vers ${names}`,
  otherBranches: (names) => say` vers d’autres branches que ${names}`,
  tags: (names) => say` de tags ${names}`,
  andTags: (names) => say` et de tags ${names}`,
  otherTags: (names) => say` d’autres tags que ${names}`,
  paths: (names) => say` qui modifient ${names}`,
  otherPaths: (names) => say` qui ne modifient pas seulement ${names}`,
  but: (names) => say` (sauf ${names})`,
  daily: (at) => `tous les jours à ${at}`,
  weekly: (day, at) => `tous les ${DAYS[day]} à ${at}`,
  monthly: (day, at) => `le ${day} de chaque mois à ${at}`,
  cron: (expression) => say`selon la planification ${expression}`,
  schedule: 'selon une planification',
  hand: 'au lancement manuel',
  call: 'à l’appel d’un autre workflow',
  afterAny: 'après un autre workflow',
  after: (workflows) => say`après ${workflows}`,
})

const ARROWS: Readonly<Record<Inheritance, string>> = {
  extends: 'une flèche pleine mène à celui qu’il étend',
  implements: 'une flèche en pointillé à celui qu’il implémente',
  'mixes-in': 'une flèche épaisse au module qu’il inclut',
}

export const fr: Texts = {
  count,
  size: (bytes) => sized(bytes, ',', ['o', 'ko', 'Mo']),
  comma: ', ',
  colon: C,
  stop: '.',
  andMore: (items, more) => say`${items} et ${n(more, 'autre')}`,
  moreItems: (more) => `et ${n(more, 'autre')}`,
  more: (more) => `Et ${n(more, 'autre')}.`,
  files,
  lines: (number) => n(number, 'ligne'),
  modules,
  names: (number) => n(number, 'nom'),
  places: (number) => n(number, 'emplacement'),
  testFiles,
  filesAndTests: (number, tests) => `${files(number)} et ${testFiles(tests)}`,
  span,
  place: (file, start, end) => `${file}, ${span(start, end)}`,
  atLines: (lines, more) =>
    say` (${lines.length + more === 1 ? 'ligne' : 'lignes'} ${join(lines, ', ')}${more === 0 ? '' : ` et ${n(more, 'autre')}`})`,
  kinds: KINDS,
  relations: {
    extends: relation('étend', 'type parent', 'types parents'),
    implements: relation('implémente', 'type implémenté', 'types implémentés'),
    'mixes-in': relation('inclut', 'module inclus', 'modules inclus'),
    implementedBy: relation('implémenté par', 'implémentation'),
    extendedBy: relation('étendu par', 'sous-type'),
    mixedInto: relation('inclus dans', 'type qui l’inclut', 'types qui l’incluent'),
    overriddenBy: relation('redéfini par', 'redéfinition'),
  },
  suchAs: (number, names) => say`${n(number, 'élément')}, dont ${names}`,
  someOf: (shown, ends) => `${count(shown)} sur ${ends}`,
  allOf: (ends) => `Les ${ends}`,
  links: { uses: link('utilise'), usedBy: link('utilisé par') },
  languageNames: {
    'ignore-list': 'Liste d’exclusions',
    jsonc: 'JSON avec commentaires',
    'lock-file': 'Fichier de verrouillage',
    text: 'Texte',
  },
  other: 'autre',
  boxes: 'Nœuds du diagramme',
  titles: {
    of: (name, label) => `${name}${C}${label}`,
    range: (from, to) => `${from} à ${to}`,
    rangeInParts: (from, to) => `${from} à ${to}, en plusieurs parties`,
    names: (names) => `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`,
    namesAndMore: (names, more) => `${names.join(', ')} et ${n(more, 'autre')}`,
    andMore: (name) => `${name} et autres`,
    around: (name) => `autour de ${name}`,
    others: (label) => `${label} (autres)`,
    topLevel: 'premier niveau',
    topFiles: 'Fichiers à la racine',
    topTests: 'Tests et exemples à la racine',
    tools: 'Construction et outils',
    largeFiles: 'fichiers volumineux',
    otherFiles: 'autres fichiers',
  },

  overview: {
    glance: 'En bref',
    commit: (commit, ref, date, subject) => [
      ...say`commit ${commit}`,
      ...(ref === null ? [] : say` de ${ref}`),
      `, ${date}${subject === '' ? '' : ` («${NARROW}${subject}${NARROW}»)`}`,
    ],
    noFiles: 'Le commit ne contient aucun fichier.',
    readingTitle: 'Ordre de lecture conseillé',
    reading: `Les fichiers sur lesquels reposent la plupart des autres et ceux où ils se rejoignent, chacun après ceux qu’il utilise lui-même${NARROW}:`,
    usedByFiles: (number) => `utilisé par ${files(number)}`,
    usesFiles: (number) => `utilise ${files(number)}`,
    further: 'Autres pages',
    files: 'Fichiers',
    fileHeads: ['langage', 'fichiers', 'lignes', 'taille', 'analysé'],
    yes: 'oui',
    also: (names) => say`Également${C}${names}`,
    notAnalysed: (items) => say`Non analysés, les plus volumineux d’abord${C}${items}.`,
    smaller: (number) => `et ${n(number, 'plus petit', 'plus petits')}`,
    leftOut: (items) => say`Laissés de côté${C}${items}.`,
    generated: (number) => n(number, 'fichier généré', 'fichiers générés'),
    vendored: (number) => n(number, 'fichier tiers embarqué', 'fichiers tiers embarqués'),
    unparsed: (number) => `des parties de ${files(number)} qui n’ont pas pu être analysées`,
    skipped: (number, reasons) => say`${n(number, 'ignoré')} (${reasons})`,
    reasons: {
      symlink: 'par lien symbolique',
      submodule: 'par sous-module',
      'too large': 'trop gros',
      'over the file limit': 'au-delà du nombre maximal de fichiers',
      'not readable': 'illisible',
      excluded: 'par exclusion',
    },
    licence: 'licence',
    licenceIn: (path) => `licence${C}${path}`,
  },

  module: {
    arrows: (isNumbered) =>
      isNumbered
        ? `Une flèche va vers ce qui est utilisé${NARROW}; son nombre est celui des références.`
        : `Une flèche va vers ce qui est utilisé${NARROW}; plus elle est épaisse, plus il y a de références.`,
    drawn: (drawn, total) =>
      `Le diagramme montre ${count(drawn)} des ${count(total)} liaisons, les plus fortes d’abord${NARROW}; sont omises celles qui l’encombreraient ou qui résultent de deux autres.`,
    heads: ['module', 'contenu', 'par où commencer'],
    children: 'Modules',
    mostUsed: 'Les plus utilisés',
    mostUsedInPlaces: (names) => say`Les plus utilisés, avec le nombre d’emplacements${C}${names}`,
    files: 'Fichiers',
    fileHeads: ['fichier', 'contenu'],
    moreFiles: (number) => `Et ${n(number, 'autre fichier', 'autres fichiers')}`,
    otherFiles: 'Autres fichiers',
    examples: 'Exemples',
    tests: 'Tests',
    testedBy: 'Mentionné dans les tests',
    moreTestFiles: (number) => n(number, 'autre fichier de test', 'autres fichiers de test'),
    fileUses: (targets, isTest) => say`${C}${isTest ? 'teste' : 'utilise'} ${targets}`,
    fileAlsoUses: (targets, isTest) => say` ${isTest ? 'Teste' : 'Utilise'} ${targets}`,
    note: (author, file) => (author === null ? say`Note tirée de ${file}.` : say`Note de ${author}, dans ${file}.`),
    alsoHolds: (names) => say` Contient aussi ${names}.`,
    internal: (names) => say`éléments internes${C}${names}`,
  },

  file: {
    of: (module) => say`fichier du module ${module}`,
    heads: ['nom', 'genre', 'description'],
    moreNames: (number) => `Et ${n(number, 'autre nom', 'autres noms')}, ci-dessous.`,
    alsoNames: (names) => say`Également ${names}.`,
    internalTo: (name) => `Interne à ${name}`,
    moreOf: (name) => `Autres éléments de ${name}`,
    alsoExported: (names) => say`Également exportés${C}${names}`,
    internalDefinitions: (number) => n(number, 'définition interne', 'définitions internes'),
  },

  entry: {
    definedIn: (kind, place) => say`${capital(KINDS[kind])} dans ${place}`,
    value: 'Valeur',
    values: 'Valeurs',
    inner: (number, names) => say`${number === 1 ? 'fonction interne' : 'fonctions internes'} ${names}`,
    moreMembers: (names) => say`Autres membres${C}${names}`,
    internalMembers: (number) => n(number, 'membre interne', 'membres internes'),
    has: (names) => say`contient ${names}`,
    andNames: (names) => say`Et ${names}.`,
    deprecated: 'Obsolète',
    parameter: 'paramètre',
    typeParameter: 'paramètre de type',
    field: 'champ',
    type: 'son type',
    default: 'valeur par défaut',
    returns: 'Renvoie',
    yields: 'Produit',
    raises: 'Lève',
    throws: 'Lève',
    example: 'Exemple',
    see: 'Voir aussi',
    from: (place) => say`tiré de ${place}`,
    since: (version) => say`depuis ${version}`,
    usedIn: (number) => `utilisations trouvées à ${n(number, 'endroit')}`,
    unknownCalls: (number) => `${n(number, 'autre appel', 'autres appels')} de ce nom sur des objets de type inconnu`,
    alsoIn: (places) => say`aussi déclaré dans ${places}`,
    oneOf: (used) => `${used}, de cette surcharge ou d’une autre`,
    exampleFiles: (number) => n(number, 'fichier d’exemple', 'fichiers d’exemple'),
    referencedIn: (files) => `mentionné dans ${files}`,
    examples: 'Dans les exemples',
    tests: 'Dans les tests',
  },

  types: {
    hierarchy: 'Hiérarchie des types',
    arrow: {
      extends: 'Une flèche mène d’un type à celui qu’il étend.',
      implements: 'Une flèche mène d’un type à celui qu’il implémente.',
      'mixes-in': 'Une flèche mène d’un type au module qu’il inclut.',
    },
    arrows: (kinds) => `D’un type, ${kinds.map((kind) => ARROWS[kind]).join(', ')}.`,
    outside: ' Les types aux extrémités arrondies appartiennent à d’autres modules.',
    moreBases: (number) =>
      number < 2
        ? `${count(number)} autre type que d’autres étendent ou implémentent`
        : `${count(number)} autres types que d’autres étendent ou implémentent`,
    boxOfTypes: (number) => n(number, 'type'),
    boxOfMore: (number) => `et ${n(number, 'autre')}`,
    glossary: 'Types centraux',
    glossaryHeads: ['type', 'description', 'emplacements d’utilisation'],
    kindOf: (kind, module) => say`${KINDS[kind]} du module ${module}`,
  },

  flows: {
    title: 'Flux principaux',
    note: `Chaque flèche est un appel résolu, et ce qui est évalué en premier vient en premier${NARROW}: les arguments avant l’appel auquel ils sont destinés. Seuls les appels les plus révélateurs figurent ici. Sont omis ceux qui traitent les erreurs et ceux des fonctions créées ici mais exécutées ailleurs${NARROW}; ce qui suit une sortie anticipée n’a lieu que si celle-ci n’est pas prise.`,
    broken: ' Une flèche en pointillé est un appel dans une branche ou dans une boucle.',
    through: (open, implementations) =>
      implementations === 1
        ? say` (implémente ${open})`
        : say` (une des ${String(implementations)} implémentations de ${open})`,
    kept: (field, functions) =>
      functions === 1
        ? say` (conservée dans ${field})`
        : say` (une des ${String(functions)} fonctions conservées dans ${field})`,
    tree: 'Ce qui est appelé',
    treeNote: `Les appels dans l’ordre où ils sont faits${NARROW}; ceux qui en font d’autres se déplient.`,
    callsOf: (entry) => say`Appels de ${entry}`,
    calledBy: (callers) => `Appelé par ${n(callers, 'fonction')}`,
    happensIn: (entry, file) => [...say`Ce qui se passe dans ${entry}`, ...(file === null ? [] : say` de ${file}`)],
    sometimes: 'dans certains cas',
    inSeveral: 'dans plusieurs branches',
    unlessEnded: 'sauf fin anticipée',
    repeated: 'de façon répétée',
    repeatedSometimes: 'de façon répétée, dans certains cas',
  },

  publicApi: {
    title: 'API publique',
    heads: ['nom', 'ce que c’est'],
    deprecated: 'Obsolète. ',
    moreNames: (number) => n(number, 'autre nom', 'autres noms'),
    morePaths: (number) => n(number, 'autre chemin d’import', 'autres chemins d’import'),
    morePackages: (names) => say`Autres paquets${C}${names}.`,
  },

  launch: {
    title: 'Points d’entrée',
    command: (name, manifest, target) => say`La commande ${name} (${manifest}) exécute ${target}.`,
    imageRuns: (image, target) => say`L’image de ${image} exécute ${target}.`,
    routed: (targets) => say`Les requêtes sont routées dans ${targets}.`,
    program: (file, name, sentence) => [
      ...(name === null ? say`${file} est un programme` : say`${file} est le programme ${name}`),
      ...(sentence === null ? ['.'] : [C, ...sentence]),
    ],
    mainIn: (entry, file) => say`${entry} dans ${file} est un programme.`,
    functionIn: (entry, file) => say`${entry} dans ${file}`,
    build: 'Compiler, exécuter et tester',
    install: 'Installer',
    usual: ' (comme ses outils se lancent d’habitude)',
    configures: (manifest, tools) => say`${manifest} configure ${tools}`,
    imageFrom: (image) => say`à partir de ${image}`,
    ports: (ports) => `port ${ports}`,
    builtOn: 'Dépendances',
  },

  configuration: {
    title: 'Configuration',
    ofModule: `Clés de configuration que ce code lit par leur nom${C}`,
    key: 'clé',
    definedIn: 'définie dans',
    moreKeys: (number) => n(number, 'autre clé', 'autres clés'),
  },

  environment: {
    title: 'Variables d’environnement',
    ofModule: `Variables d’environnement que ce code lit par leur nom${NARROW}:`,
    ofAll: `Variables d’environnement que le code lit par leur nom${NARROW}:`,
    heads: {
      variable: 'variable',
      default: 'valeur par défaut',
      purpose: 'à quoi elle sert',
      readAt: 'lue à',
      readIn: 'lue dans',
      by: 'par',
      setIn: 'définie dans',
    },
    moreVariables: (number) => n(number, 'autre variable', 'autres variables'),
    variables: (number) => n(number, 'variable'),
    empty: '(vide)',
    onlyTools: 'Lues seulement par des tests, des scripts et des outils',
    unread: 'Définies dans des fichiers à côté du code, mais lues par aucun code sous ce nom',
  },

  routes: { title: 'Routes', heads: ['route', 'traitée par', 'framework'] },

  artifacts: {
    families: {
      'packages-and-scripts': [
        'Paquets et scripts',
        'Les paquets de ce dépôt et les commandes que définissent leurs manifestes et leurs Makefiles.',
      ],
      'images-and-services': ['Conteneurs', 'Les étapes des images et les services démarrés ensemble.'],
      'data-and-interfaces': [
        'Schémas et interfaces',
        'Tables des migrations, points d’accès des descriptions d’interfaces, messages et appels des protocoles.',
      ],
    },
    kinds: {
      package: 'paquet',
      script: 'script',
      target: 'cible',
      stage: 'étape',
      service: 'service',
      table: 'table',
      endpoint: 'point d’accès',
      message: 'message',
      rpc: 'appel',
    },
    heads: { name: 'nom', kind: 'genre', what: 'contenu', leads: 'mène à' },
    moreInFile: (number) => `Et ${n(number, 'autre')} dans ce fichier.`,
    andFiles: (number, items) => say`Et ${n(number, 'autre fichier', 'autres fichiers')}${C}${items}`,
    after: (names) => say`après ${names}`,
    needs: (names) => say`requiert ${names}`,
    runs: (names) => say`exécute ${names}`,
    uses: (names) => say`utilise ${names}`,
    projects: { library: 'bibliothèque', settings: 'paramètres', solution: 'solution', test: 'projet de test' },
  },

  ci: {
    title: 'Intégration continue',
    intro: (jobs, number) =>
      `${n(jobs, 'tâche')} dans ${files(number)}${C}quand elles s’exécutent, ce qu’elles attendent et leurs commandes.`,
    otherFiles: (items) => say`Autres fichiers${C}${items}.`,
    workflow: (name, when) => say`${name} s’exécute ${when}.`,
    moreJobs: (number) => `Et ${n(number, 'autre tâche', 'autres tâches')}.`,
    triggers,
    calls: (workflow) => `appelle ${workflow}`,
    on: (runners) => `sur ${runners}`,
  },

  symbols: {
    title: 'Tous les symboles',
    intro: (number) => `${n(number, 'nom public', 'noms publics')} du code, par ordre alphabétique.`,
    part: (letter, number, parts) => `Symboles${C}${letter}${parts === 1 ? '' : `, partie ${number} sur ${parts}`}`,
    signs: 'Signes et chiffres',
  },

  prose: {
    works: 'Fonctionnement',
    steps: 'Pas à pas',
    pitfalls: 'Pièges',
    architecture: 'Architecture',
    concepts: 'Notions',
    mark: (models) =>
      `Écrit par ${models}. Les noms et les lignes cités existent dans le code${NARROW}; l’exactitude du contenu n’a pas été vérifiée.`,
    titles: (model) => `Certains titres de modules ont été proposés par ${model}.`,
    broken: 'Les flèches en pointillés viennent du modèle ; les autres figurent dans le code.',
  },

  guide: {
    title: 'Guides',
    intro: 'Les documents du dépôt lui-même, dans leur propre ordre.',
    example: 'Exemple',
    all: (number) => `Les ${number} documents`,
    from: (file) => say`Extrait de ${file}`,
    cut: (file) => say`La suite se trouve dans ${file}`,
    leftOut: (what, files) => say`Non affichés, ${what}${NARROW}: ${files}`,
    gaps: {
      translations: 'traductions',
      'old versions': 'documents de versions antérieures',
      'too many': 'au-delà de la limite de cet ensemble',
      unreadable: 'leur lecture a pris trop de temps',
    },
  },

  llms: {
    overview: 'vue d’ensemble',
    fileOf: (module) => `fichier du module ${module}`,
    files,
    intro: (commit, hasSources) =>
      `Écrit à partir du code du commit ${commit}. Les liens ci-dessous sont en Markdown${NARROW}; par HTTP, le demander avec \`Accept: text/markdown\` ou \`?format=md\`.${hasSources ? ' Les liens vers `source/` mènent à des lignes de fichiers, à demander avec `Accept: text/plain` ou `?format=text`.' : ''}`,
    docs: 'Documentation',
    optional: 'Facultatif',
    all: 'Toutes les pages en un fichier',
    index: 'Chaque symbole avec son fichier, ses lignes et sa page',
    graph: 'Le graphe des fichiers, des symboles et des références',
    sources: `Les fichiers du dépôt présents dans cet ensemble${NARROW}: chacun se trouve sous \`source/\` suivi de son nom`,
  },
}

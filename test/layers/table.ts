/** Who may import whom, and where packages are at home. Data only; `check.ts` applies it. */

/** A part of the program. A file belongs to the first layer whose pattern matches its path. */
export interface Layer {
  name: string
  /** Matches paths from the root of the project, with `/`. */
  files: RegExp
  /** Names of the layers it may import beside itself; `*` for all. */
  imports: readonly string[]
  /** Names of the layers it may import types from. */
  types?: readonly string[]
  /** Only Web-standard APIs: no `node:` module, no `process`, no `Buffer`. */
  isWeb?: boolean
  /** All may name it, as the thing that makes a thread or a child process run TypeScript. */
  isOpen?: boolean
  /** A test or a tool beside the program: the rules for packages and forbidden code do not hold for it. */
  isOutside?: boolean
}

/** A package that one part of the program keeps from the others. */
export interface Home {
  packages: RegExp
  /** Files that may import it. */
  files: RegExp
}

/** Code that is not to be written. */
export interface Ban {
  what: 'process.env' | 'eval' | 'computed import' | 'text'
  /** With `text`: what the file must not contain, comments included. */
  text?: string
  /** Files it is allowed in. */
  except?: RegExp
  /** Files that the ban is for; all by default. */
  files?: RegExp
}

export interface Table {
  layers: readonly Layer[]
  homes: readonly Home[]
  bans: readonly Ban[]
}

const stage = (name: string): Layer => ({
  name,
  files: new RegExp(`^src/generate/${name}/`),
  imports: ['model', 'markdown', 'store', 'base'],
})

/** The files of pages that read text, by what they read. */
const TEXTS_IN_PAGES = {
  'quoted lines of code': ['code-lines', 'short-code'],
  'documents and READMEs': [
    ...[
      'documents(?:-calls)?',
      'mentioned-names',
      'path-rows',
      'readme-descriptions',
      'purpose',
      'launch',
      'introduce',
    ],
    ...['imported-surfaces', 'documented-members', 'command-line', 'option-words', 'own-documents'],
    ...['commands-of-documents', 'block-lines', 'documented-install', 'dependency-lines', 'environment-words'],
    'man-pages',
  ],
  licences: ['licence'],
  'manifests, recipes and CI': [
    ...[
      '(?:build|cmake|dotnet|make|meson|own|python|rake)-commands',
      'task-files',
      'stale-versions',
      'listed-names',
      'environment-files',
    ],
  ],
  'what a program prints as its usage': ['usage-text', 'command-help', 'help-text'],
  'whether a file has text': ['overview'],
  'fields of doc comments': ['parameter-rows'],
} as const

export const table: Table = {
  layers: [
    { name: 'base', files: /^src\/base\//, imports: [] },
    { name: 'database', files: /^src\/database\//, imports: ['base'] },
    { name: 'queue', files: /^queue\//, imports: ['database', 'base'] },
    { name: 'store', files: /^src\/store\//, imports: ['database', 'base'] },
    { name: 'markdown', files: /^src\/markdown\//, imports: ['base'] },
    { name: 'search', files: /^src\/search\//, imports: ['base'], types: ['store'], isWeb: true },
    // The index of a graph, written by the generator, and the questions that are answered from it.
    { name: 'graph-queries', files: /^src\/graph-queries\//, imports: ['base'], isWeb: true },
    { name: 'ask', files: /^src\/ask\//, imports: ['search', 'graph-queries', 'base'], types: ['store'], isWeb: true },
    // Files of the index, and tables of the database.
    {
      name: 'index-storage',
      files: /^src\/cross-search\/(?:sqlite|postgres)\//,
      imports: ['cross-search', 'database', 'base'],
    },
    { name: 'cross-search', files: /^src\/cross-search\//, imports: ['search', 'store', 'base'], isWeb: true },
    {
      name: 'templates',
      files: /^templates\//,
      imports: ['diff', 'base'],
      types: ['markdown', 'queue', 'search', 'cross-search', 'ask', 'store'],
      isWeb: true,
    },
    {
      name: 'http',
      files: /^src\/http\//,
      imports: [
        'diff',
        'export',
        'queue',
        'search',
        'cross-search',
        'graph-queries',
        'ask',
        'templates',
        'markdown',
        'store',
        'base',
      ],
      isWeb: true,
    },
    // What machines share in a database.
    {
      name: 'cluster',
      files: /^src\/cluster\//,
      imports: ['prose', 'database', 'base'],
      types: ['http', 'metrics', 'queue'],
    },
    { name: 'metrics', files: /^src\/metrics\//, imports: ['queue', 'base'], types: ['http'] },
    { name: 'export', files: /^src\/export\//, imports: ['templates', 'store', 'base'], isWeb: true },
    {
      name: 'model',
      files:
        /^src\/generate\/(?:(?:(?:prose|guide)-)?model|attributes|beside-code|branches|call-rows|file-blocks|go-platforms|head-rows|incidents|innermost-statements|is-public|occurrences|signature-(?:parameters|values)|paths|rust-(?:cfg|included-docs)|script-exports|test-edges|tool-comments|within-component)\.ts$/,
      imports: ['base'],
    },
    // What changed between two sets: their data alone, whoever asks.
    { name: 'diff', files: /^src\/diff\//, imports: ['model', 'markdown', 'store', 'base'], isWeb: true },
    // Texts of formats that several stages read, as values.
    { name: 'formats', files: /^src\/generate\/formats\//, imports: ['base'] },
    { name: 'egress', files: /^src\/egress\//, imports: ['base'] },
    { name: 'webhooks', files: /^src\/webhooks\//, imports: ['egress', 'base'], types: ['http', 'queue'] },
    { ...stage('clone'), imports: [...stage('clone').imports, 'egress'] },
    { ...stage('inventory'), imports: [...stage('inventory').imports, 'manifests'] },
    { ...stage('manifests'), imports: ['formats', 'model', 'base'] },
    { ...stage('analyse'), imports: [...stage('analyse').imports, 'manifests', 'formats'] },
    { ...stage('declarations'), imports: ['model', 'base'] },
    stage('partition'),
    stage('steering'),
    { ...stage('surface'), imports: ['model', 'store', 'base'] },
    { ...stage('guides'), imports: ['formats', 'model', 'markdown', 'base'] },
    { ...stage('pages'), imports: [...stage('pages').imports, 'formats'] },
    stage('embedded-sources'),
    stage('prose'),
    stage('verify'),
    {
      name: 'pipeline',
      files:
        /^src\/generate\/(?:pipeline|document|memory-needed|new-set|options|progress|study|stages|last-read|add-prose|search-input|searchable-documents|search-standings|graph-index|rendered-page-cache|warm-up)\.ts$/,
      imports: [
        ...[
          'clone',
          'inventory',
          'manifests',
          'steering',
          'analyse',
          'declarations',
          'surface',
          'guides',
          'partition',
          'embedded-sources',
          'pages',
          'prose',
          'verify',
        ],
        ...['model', 'markdown', 'search', 'graph-queries', 'store', 'base'],
      ],
    },
    // Answers questions with a model, over the tools of agents; the server gives it to the application.
    {
      name: 'ask-model',
      files: /^src\/ask-model\//,
      imports: ['http', 'ask', 'graph-queries', 'prose', 'model', 'store', 'base'],
    },
    { name: 'loader', files: /^src\/tsx\.mjs$/, imports: [], isOpen: true },
    // What threads of the server run; the application is given it.
    { name: 'threads', files: /^src\/server\/threads\//, imports: ['*'] },
    // Composition roots; what is in no other list of imports is imported by them alone.
    { name: 'root', files: /^src\/(?:(?:cli|command-line|server|worker|processes)\/)?[^/]+$/, imports: ['*'] },
    { name: 'test', files: /^test\//, imports: ['*'], isOutside: true },
    { name: 'setup', files: /^setup\//, imports: ['*'], isOutside: true },
    { name: 'bench', files: /^bench\//, imports: ['*'], isOutside: true },
  ],
  homes: [
    { packages: /^proper-lockfile$/, files: /^queue\// },
    { packages: /^pg(-connection-string)?$/, files: /^src\/database\// },
    { packages: /^@photostructure\/sqlite$/, files: /^src\/cross-search\/sqlite\// },
    { packages: /^nodegit$/, files: /^src\/generate\/clone\// },
    {
      packages: /^(web-tree-sitter|tree-sitter-.*|@tree-sitter-grammars\/.*)$/,
      files: /^src\/generate\/analyse\//,
    },
    // The configurations of tools are JavaScript too.
    { packages: /^typescript$/, files: /^src\/generate\/(?:analyse\/|formats\/read-javascript\.ts$)/ },
    { packages: /^(saxes|smol-toml|yaml)$/, files: /^src\/generate\/formats\// },
    { packages: /^(openai|franc-min)$/, files: /^src\/generate\/prose\// },
    {
      packages:
        /^(unified|remark(-.*)?|rehype(-.*)?|[mh]dast-.*|hast|micromark(-.*)?|unist-.*|lowlight|highlight\.js)$/,
      files: /^src\/markdown\//,
    },
    // Types alone: pages are written and read back as trees.
    { packages: /^mdast$/, files: /^src\/(?:markdown|generate\/(?:pages|verify|guides)|generate\/guide-model\.ts$)/ },
    { packages: /^hono$/, files: /^(src\/http\/|templates\/|src\/server\/serve\.ts$)/ },
    { packages: /^@hono\/node-server$/, files: /^src\/server\/serve\.ts$/ },
    { packages: /^@hono\/(?!node-server$)/, files: /^src\/http\// },
    { packages: /^@modelcontextprotocol\//, files: /^src\/(?:http\/mcp\/|cli\/mcp\.ts$)/ },
    { packages: /^prom-client$/, files: /^src\/metrics\// },
    { packages: /^tsx$/, files: /^src\/tsx\.mjs$/ },
    { packages: /^esbuild$/, files: /^src\/(?:bundle\.js|typescript-parser\.(?:d\.ts|js))$/ },
  ],
  bans: [
    { what: 'process.env', except: /^src\/base\/config\.ts$/ },
    { what: 'eval' },
    // Loads its WebAssembly module once more, by a query, when the first instance is spent; loads the program's bundle.
    { what: 'computed import', except: /^src\/(?:generate\/analyse\/tree-sitter\.ts|docspool\.mjs)$/ },
    // libgit2 takes any answer of this callback for a yes: with it, TLS checks are off.
    { what: 'text', text: 'certificateCheck' },
    // What people read at a terminal has no control signs: one writer sees to that, and the log.
    { what: 'text', text: 'process.stdout', except: /^src\/cli\/terminal\.ts$/ },
    // Pages read no code: what they say of it they take from the model. These files read the text of other things.
    ...['file.text', '?.text', ').text', '.text?.', '{ path, text', '{ text, path', 'const { text }'].map(
      (text): Ban => ({
        what: 'text',
        text,
        files: /^src\/generate\/pages\//,
        except: new RegExp(`/(?:${Object.values(TEXTS_IN_PAGES).flat().join('|')})\\.ts$`),
      }),
    ),
    // Pages decide nothing by lines of code. These files quote them: conditions, uses, examples, short declarations.
    {
      what: 'text',
      text: 'code-lines',
      files: /^src\/generate\/pages\//,
      except:
        /\/(?:calls\/conditions|entry\/short-code|guide\/(?:code|usage)-examples?|usage\/(?:example-of-use|shown-uses))\.ts$/,
    },
    // Code is read by the analysis.
    ...['formats/masked-code', 'formats/lexical-rules'].map(
      (text): Ban => ({
        what: 'text',
        text,
        files: /^src\/generate\/pages\//,
      }),
    ),
    { what: 'text', text: 'process.stderr', except: /^src\/(?:cli\/terminal|base\/log)\.ts$/ },
  ],
}

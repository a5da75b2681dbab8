/**
 * What the stand-in says in each language. Data only. `{name}`, `{kind}`, `{path}`, `{first}`, `{last}`, `{from}`, `{to}` stand for
 * what a fact or a relation holds; each sentence is true of any fact that has what it asks for.
 */

export interface Phrases {
  /** Of one fact. */
  fact: readonly string[]
  /** Of one relation. */
  calls: readonly string[]
  /** Of a relation of another sort. */
  other: readonly string[]
  /** When there is nothing to say anything about. */
  nothing: string
  /** For the kinds of the product; others stay as they are. */
  kinds: Readonly<Record<string, string>>
  /** Of modules; `{title}`. */
  titles: readonly string[]
  /** On an arrow of a diagram. */
  arrow: string
}

const en: Phrases = {
  fact: [
    'In {path} the {kind} {name} is defined.',
    'The code for {name} stands in lines {first} to {last} of {path}.',
    'Whoever changes {path} should know what {name} does.',
    'Other parts of this module can rely on {name}.',
    'The {kind} {name} belongs to what this module offers.',
    'A reader who starts with {path} soon meets {name}.',
  ],
  calls: ['On its way {from} calls {to}.', 'Part of the work of {from} is done by {to}, which it calls.'],
  other: ['There is a connection from {from} to {to}.', 'What {from} does depends on {to}.'],
  nothing: 'There is nothing to say about this part of the code.',
  kinds: {},
  titles: ['{title}', 'The {title} module', '{title} and its parts'],
  arrow: 'uses',
}

const de: Phrases = {
  fact: [
    'In {path} ist {name} ({kind}) definiert.',
    'Der Code für {name} steht in den Zeilen {first} bis {last} von {path}.',
    'Wer {path} ändert, sollte wissen, was {name} macht.',
    'Andere Teile dieses Moduls können sich auf {name} verlassen.',
    'Zu dem, was dieses Modul anbietet, gehört auch {name}.',
    'Wer mit {path} zu lesen anfängt, trifft bald auf {name}.',
  ],
  calls: [
    'Auf seinem Weg ruft {from} dann {to} auf.',
    'Einen Teil der Arbeit von {from} erledigt {to}, das dafür aufgerufen wird.',
  ],
  other: ['Es gibt eine Verbindung von {from} zu {to}.', 'Was {from} tut, hängt auch von {to} ab.'],
  nothing: 'Über diesen Teil des Codes ist nichts zu sagen.',
  kinds: {
    function: 'Funktion',
    method: 'Methode',
    class: 'Klasse',
    constant: 'Konstante',
    interface: 'Schnittstelle',
    type: 'Typ',
    module: 'Modul',
  },
  titles: ['{title}', 'Modul {title}', '{title} und seine Teile'],
  arrow: 'nutzt',
}

const fr: Phrases = {
  fact: [
    'Dans {path} se trouve la définition de {name} ({kind}).',
    'Le code de {name} occupe les lignes {first} à {last} de {path}.',
    'Avant de modifier {path}, il faut savoir ce que fait {name}.',
    'Les autres parties de ce module peuvent compter sur {name}.',
    'Parmi ce que propose ce module, il y a aussi {name}.',
    'En commençant la lecture par {path}, on rencontre vite {name}.',
  ],
  calls: [
    'Au cours de son travail, {from} appelle {to}.',
    'Une partie du travail de {from} est faite par {to}, qui est appelé pour cela.',
  ],
  other: ['Il existe un lien entre {from} et {to}.', 'Ce que fait {from} dépend aussi de {to}.'],
  nothing: 'Il n’y a rien à dire de cette partie du code.',
  kinds: {
    function: 'fonction',
    method: 'méthode',
    class: 'classe',
    constant: 'constante',
    interface: 'interface',
    type: 'type',
    module: 'module',
  },
  titles: ['{title}', 'Le module {title}', '{title} et ses parties'],
  arrow: 'utilise',
}

const es: Phrases = {
  fact: [
    'En {path} se encuentra la definición de {name} ({kind}).',
    'El código de {name} ocupa las líneas {first} a {last} de {path}.',
    'Antes de cambiar {path} conviene saber lo que hace {name}.',
    'Las demás partes de este módulo pueden contar con {name}.',
    'Entre lo que ofrece este módulo está también {name}.',
    'Quien empieza a leer por {path} pronto se encuentra con {name}.',
  ],
  calls: [
    'En el curso de su trabajo, {from} llama a {to}.',
    'Una parte del trabajo de {from} la hace {to}, que es llamado para ello.',
  ],
  other: ['Hay una conexión entre {from} y {to}.', 'Lo que hace {from} depende también de {to}.'],
  nothing: 'No hay nada que decir sobre esta parte del código.',
  kinds: {
    function: 'función',
    method: 'método',
    class: 'clase',
    constant: 'constante',
    interface: 'interfaz',
    type: 'tipo',
    module: 'módulo',
  },
  titles: ['{title}', 'El módulo {title}', '{title} y sus partes'],
  arrow: 'usa',
}

const zh: Phrases = {
  fact: [
    '{path} 中定义了{kind} {name}。',
    '{name} 的代码位于 {path} 的第 {first} 行到第 {last} 行。',
    '修改 {path} 之前,应当先了解 {name} 的作用。',
    '本模块的其他部分可以依赖 {name}。',
    '{name} 也是本模块对外提供的内容之一。',
    '从 {path} 开始阅读,很快就会遇到 {name}。',
  ],
  calls: ['{from} 在执行过程中会调用 {to}。', '{from} 的一部分工作由它所调用的 {to} 完成。'],
  other: ['{from} 与 {to} 之间存在联系。', '{from} 的行为也取决于 {to}。'],
  nothing: '关于这部分代码没有什么可说的。',
  kinds: {
    function: '函数',
    method: '方法',
    class: '类',
    constant: '常量',
    interface: '接口',
    type: '类型',
    module: '模块',
  },
  titles: ['{title}', '{title} 模块', '{title} 及其组成部分'],
  arrow: '使用',
}

const ja: Phrases = {
  fact: [
    '{path} では{kind} {name} が定義されています。',
    '{name} のコードは {path} の {first} 行目から {last} 行目にあります。',
    '{path} を変更する前に、{name} の役割を理解しておく必要があります。',
    'このモジュールの他の部分は {name} を利用することができます。',
    '{name} もこのモジュールが提供するものの一つです。',
    '{path} から読み始めると、すぐに {name} が出てきます。',
  ],
  calls: ['{from} は処理の途中で {to} を呼び出します。', '{from} の仕事の一部は、呼び出される {to} が行います。'],
  other: ['{from} と {to} の間にはつながりがあります。', '{from} の動作は {to} にも依存しています。'],
  nothing: 'この部分のコードについて述べることはありません。',
  kinds: {
    function: '関数',
    method: 'メソッド',
    class: 'クラス',
    constant: '定数',
    interface: 'インターフェース',
    type: '型',
    module: 'モジュール',
  },
  titles: ['{title}', '{title} モジュール', '{title} とその構成要素'],
  arrow: '利用',
}

const byLanguage: Readonly<Record<string, Phrases>> = { en, de, fr, es, zh, ja }

export function isSpoken(language: string): boolean {
  return Object.hasOwn(byLanguage, language)
}

/** English where the stand-in does not speak the language. */
export function phrasesOf(language: string): Phrases {
  return byLanguage[language] ?? en
}

/** Puts values in backticks into a template; `{kind}` and `{title}` and numbers go in as they are. */
export function say(template: string, values: Readonly<Record<string, string | number | undefined>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) =>
    /^(kind|title|first|last)$/.test(key) ? String(values[key]) : `\`${values[key]}\``,
  )
}

/** Whether all that a template asks for is there. */
export function fits(template: string, values: Readonly<Record<string, string | number | undefined>>): boolean {
  return [...template.matchAll(/\{(\w+)\}/g)].every(([, key = '']) => values[key] !== undefined && values[key] !== '')
}

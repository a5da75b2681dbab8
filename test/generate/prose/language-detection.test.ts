import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isIn, languageOf } from '#generate/prose/language-detection.ts'

const TEXTS: Readonly<Record<string, string>> = {
  en: 'The router keeps all paths in a tree, so that a request is matched in the time that its path takes to read, however many handlers there are.',
  de: 'Der Router hält alle Pfade in einem Baum, damit eine Anfrage in der Zeit gefunden wird, die das Lesen ihres Pfades braucht, wie viele es auch sind.',
  fr: 'Le routeur garde tous les chemins dans un arbre, afin qu’une requête soit trouvée dans le temps qu’il faut pour lire son chemin, quel que soit leur nombre.',
  es: 'El enrutador guarda todas las rutas en un árbol, de modo que una petición se encuentra en el tiempo que se tarda en leer su ruta, sean cuantas sean.',
  zh: '路由器把所有路径保存在一棵树中，因此无论有多少处理程序，请求都能在读取路径所需的时间内匹配。',
  ja: 'ルーターはすべてのパスを木に保持するため、ハンドラーがいくつあっても、パスを読む時間でリクエストが一致します。',
  ko: '라우터는 모든 경로를 트리에 보관하므로 처리기가 아무리 많아도 경로를 읽는 시간 안에 요청이 일치합니다.',
  ru: 'Маршрутизатор хранит все пути в дереве, поэтому запрос находится за время чтения пути, сколько бы обработчиков ни было.',
}

test('each text is in its own language and in no other', () => {
  for (const [own, text] of Object.entries(TEXTS))
    for (const language of Object.keys(TEXTS))
      assert.equal(isIn(language, text), own === language, `${own} as ${language}`)
})

test('the script shows the language of a short question, unless it is that of several', () => {
  assert.equal(languageOf('Где находится конфигурация сервера?'), 'ru')
  assert.equal(languageOf('Де лежить конфігурація сервера?'), undefined)
  assert.equal(languageOf('Почему сервер в городе Київ отвечает медленнее остальных?'), 'ru')
})

test('a short text is told by its script alone', () => {
  assert.equal(isIn('ja', ' 的一部分工作由它所调用的 完成'), false)
  assert.equal(isIn('zh', ' の仕事の一部です'), false)
  assert.equal(isIn('en', '的一部分工作由它所调用的'), false)
  assert.equal(isIn('en', 'Der Router'), true)
  assert.equal(isIn('de', ''), true)
})

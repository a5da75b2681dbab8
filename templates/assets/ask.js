/**
 * Fills the answer of a model into the page while it is written, with the markup of `ask-answer.tsx`. Words of a sentence that is
 * being written are shown as such, until the sentence or its removal replaces them. Also sends the reader's rating.
 */

const MAX_PREVIOUS = 4

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

const box = document.querySelector('[data-ask]')
const actions = document.querySelector('[data-rate]')
const state = document.querySelector('.answer-state')

/** A URL of this site or of the web; `null` for anything else. */
function hrefOf(address) {
  try {
    const url = new URL(address, new URL(box.dataset.overview, location.href))
    return /^https?:$/.test(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

const linked = (href, properties, ...children) =>
  href === null ? make('span', properties, ...children) : make('a', { href, ...properties }, ...children)

function toName(name, names) {
  const code = make('code', { textContent: name })
  const entry = names.find((each) => each.name === name)
  if (entry === undefined) return code
  const address = entry.page === 'overview.md' ? box.dataset.overview : encodeURIComponent(entry.page)
  return linked(hrefOf(entry.anchor === '' ? address : `${address}#${encodeURIComponent(entry.anchor)}`), {}, code)
}

function toCitation({ file, start_line: from, end_line: to, source }) {
  const lines = to === from ? `${from}` : `${from}-${to}`
  const textContent = `${file.slice(file.lastIndexOf('/') + 1)}:${lines}`
  const properties = { className: 'cited', title: `${file}:${lines}`, textContent }
  return linked(source === null ? null : hrefOf(source), properties)
}

function addSentence({ text, starts_paragraph: isNew, names, citations }) {
  if (isNew || box.querySelector('p:last-of-type') === null) box.append(make('p', {}))
  const paragraph = box.querySelector('p:last-of-type')
  for (const [index, part] of text.split('`').entries()) paragraph.append(index % 2 === 0 ? part : toName(part, names))
  for (const each of citations) paragraph.append('\u00a0', toCitation(each))
  paragraph.append(' ')
}

const draft = () => box.querySelector('.answer-draft')

function addWords(text) {
  state.textContent = ''
  const known = draft()
  if (known !== null) known.append(text)
  else {
    const place = box.querySelector('p:last-of-type') ?? box
    place.append(
      make('span', { className: 'answer-draft', title: 'Being written, not checked yet', textContent: text }),
    )
  }
}

const LOOKS = {
  search: 'Searching for',
  get_symbol: 'Reading',
  callers: 'Looking for callers of',
  callees: 'Looking at what is used by',
  read_source: 'Reading',
  read_file_outline: 'Reading',
}

const onEvent = {
  look_up: ({ tool, about }) => {
    // The text is written by a model, so it is shown as code, unlike sentences of an answer.
    state.replaceChildren(
      about === '' ? 'Looking it up' : `${LOOKS[tool] ?? 'Looking up'} `,
      ...(about === '' ? [] : [make('code', { textContent: about })]),
    )
  },
  words: ({ text }) => addWords(text),
  sentence: ({ sentence }) => {
    state.textContent = ''
    draft()?.remove()
    addSentence(sentence)
    document.querySelector('.answer-about').hidden = false
  },
  struck: () => draft()?.remove(),
  answer: ({ answer }) => {
    const texts = JSON.parse(box.dataset.texts)
    draft()?.remove()
    state.textContent = texts[answer.written?.ended ?? answer.without_model] ?? ''
    box.dataset.answer = answer.written?.answer_id ?? ''
    actions.hidden = answer.written === null
  },
}

/** Calls `handle` for each event of the stream. */
async function readEvents(body, handle) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    text += value
    const events = text.split('\n\n')
    text = events.pop()
    for (const event of events) {
      const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? []
      if (type !== undefined) handle(type, JSON.parse(data))
    }
  }
}

async function ask() {
  const { ask: id, question, previous } = box.dataset
  state.textContent = 'Looking it up'
  let isDone = false
  try {
    const answer = await fetch('/api/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ job_id: id, question, previous: JSON.parse(previous).slice(-MAX_PREVIOUS) }),
    })
    if (!answer.ok) throw new Error(`The question was answered with ${answer.status}.`)
    await readEvents(answer.body, (type, data) => {
      isDone ||= type === 'answer'
      onEvent[type]?.(data)
    })
  } catch {
    // Reported below; checked sentences stay.
  }
  if (isDone) return
  draft()?.remove()
  state.textContent = JSON.parse(box.dataset.texts)[box.querySelector('p') === null ? 'failed' : 'cut']
}

async function send(path, body) {
  const answer = document.querySelector('[data-answer]').dataset.answer
  const sent = await fetch(`/api/ask/${answer}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ job_id: actions.dataset.rate, ...body }),
  })
  if (!sent.ok) throw new Error(`${sent.status}`)
  return sent.status === 204 ? undefined : sent.json()
}

actions?.addEventListener('click', async ({ target }) => {
  const button = target.closest('button')
  if (button === null) return
  const status = actions.querySelector('[role="status"]')
  button.disabled = true
  try {
    if ('share' in button.dataset) {
      const { url } = await send('share', {})
      status.replaceChildren(
        'Anyone with this link can read the answer: ',
        make('a', { href: url, textContent: location.origin + url }),
      )
      return
    }
    await send('feedback', { useful: button.dataset.useful === 'true' })
    for (const each of actions.querySelectorAll('[data-useful]')) each.disabled = true
    status.textContent = 'Thank you.'
  } catch {
    button.disabled = false
    status.textContent = 'That could not be saved.'
  }
})

if (box !== null) ask()

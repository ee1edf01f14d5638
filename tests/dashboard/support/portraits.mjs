// People who don't exist, drawn: for pictures in stories whose screenshots may be shown to anybody.

/** Skin, hair, clothes and the room behind, by number. */
const looks = [
  { skin: '#d9a17a', hair: '#2b1d17', cloth: '#31637a', wall: '#c9cfc9', long: true },
  { skin: '#c68d62', hair: '#1d1714', cloth: '#7a3f3a', wall: '#cfc8bd', long: false },
  { skin: '#e2b08c', hair: '#3a2618', cloth: '#3f6b45', wall: '#c3cad2', long: true },
  { skin: '#b97d55', hair: '#141110', cloth: '#59527f', wall: '#d2ccc4', long: false },
]

/** A head before a wall, 480 × 600. `turn` from -1 to 1: to which side it looks; `light` 1 is a lit room. */
function portrait({ skin, hair, cloth, wall, long }, { turn = 0, light = 1 } = {}) {
  const x = (at) => 240 + at + turn * 22
  const eye = (at) => `
    <ellipse cx="${x(at)}" cy="262" rx="20" ry="11" fill="#f6f1ec"/>
    <circle cx="${x(at + turn * 7)}" cy="262" r="9.5" fill="#3b2a20"/><circle cx="${x(at + turn * 7)}" cy="262" r="4.5" fill="#0c0808"/>
    <circle cx="${x(at + turn * 7 + 3)}" cy="258" r="2.2" fill="#fff"/>
    <path d="M${x(at - 22)} 260q22 -20 44 0" fill="none" stroke="#2a1a12" stroke-width="4"/>
    <path d="M${x(at - 27)} 232q27 -17 54 -2" fill="none" stroke="${hair}" stroke-width="8" stroke-linecap="round"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600" style="filter: brightness(${light})">
    <defs>
      <linearGradient id="wall" x1="0" x2="1"><stop stop-color="${wall}"/><stop offset="1" stop-color="#8f9692"/></linearGradient>
      <radialGradient id="skin" cx=".42" cy=".38" r=".75"><stop stop-color="#fff" stop-opacity=".28"/>
        <stop offset=".5" stop-color="${skin}" stop-opacity="0"/><stop offset="1" stop-color="#3a1d10" stop-opacity=".55"/></radialGradient>
      <filter id="soft"><feGaussianBlur stdDeviation="5"/></filter>
    </defs>
    <rect width="480" height="600" fill="url(#wall)"/>
    <path d="M30 600c10 -110 90 -140 210 -140s200 30 210 140z" fill="${cloth}"/>
    <path d="M195 400h90v75q-45 40 -90 0z" fill="${skin}"/><path d="M195 420q45 45 90 0v30q-45 40 -90 0z" fill="#000" opacity=".22" filter="url(#soft)"/>
    ${long ? `<path d="M92 300c-20 -210 316 -210 296 0l6 190q-70 20 -84 -40l-140 0q-14 60 -84 40z" fill="${hair}"/>` : `<path d="M112 280c-20 -200 276 -200 256 0l-14 40h-228z" fill="${hair}"/>`}
    <ellipse cx="240" cy="290" rx="112" ry="146" fill="${skin}"/><ellipse cx="240" cy="290" rx="112" ry="146" fill="url(#skin)"/>
    <path d="M126 262c10 -110 60 -124 118 -124s106 18 112 124c-24 -50 -60 -66 -112 -66s-94 22 -118 66z" fill="${hair}"/>
    ${eye(-44)}${eye(44)}
    <path d="M${x(-4)} 266q-16 48 -14 58q14 12 32 0" fill="none" stroke="#5b3018" stroke-opacity=".55" stroke-width="5" stroke-linecap="round"/>
    <ellipse cx="${x(-9)}" cy="328" rx="6" ry="3.5" fill="#3a1a0e" opacity=".7"/><ellipse cx="${x(11)}" cy="328" rx="6" ry="3.5" fill="#3a1a0e" opacity=".7"/>
    <path d="M${x(-36)} 366q36 -16 72 0q-36 30 -72 0z" fill="#a4524a"/><path d="M${x(-36)} 366q36 8 72 0" fill="none" stroke="#5f2622" stroke-width="3"/>
    <ellipse cx="175" cy="318" rx="26" ry="18" fill="#c4594a" opacity=".16" filter="url(#soft)"/><ellipse cx="305" cy="318" rx="26" ry="18" fill="#c4594a" opacity=".16" filter="url(#soft)"/>
  </svg>`
}

/**
 * Draws them with a browser, as JPEG files.
 * @param {import('playwright-core').Page} page
 * @param {{who: number, file: string, turn?: number, light?: number, size?: number}[]} wanted
 */
export async function drawPortraits(page, wanted) {
  await page.setViewportSize({ width: 480, height: 600 })
  for (const { who, file, ...how } of wanted) {
    await page.setContent(`<body style="margin:0">${portrait(looks[who % looks.length], how)}`)
    await page.screenshot({ path: file, type: 'jpeg', quality: 90 })
  }
}

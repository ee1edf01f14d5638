import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** The server hands files out as they are, so they are compressed here, once. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    async closeBundle() {
      for (const name of await readdir(folder, { recursive: true })) {
        if (!/\.(js|css|html|svg|txt)$/.test(name)) continue
        const file = join(folder, name)
        await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }))
      }
    },
  }
}

/** licences.txt: those of the packages whose code is in the bundle, as they ask for. */
function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    async generateBundle() {
      // A font is no module.
      const folders = new Set([join(import.meta.dirname, 'node_modules/@fontsource-variable/inter')])
      for (const id of this.getModuleIds()) {
        const folder = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]
        if (folder) folders.add(folder)
      }
      const texts: string[] = []
      for (const folder of [...folders].sort()) {
        const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name))
        const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, string>
        const text = file ? await readFile(join(folder, file), 'utf8') : ''
        texts.push(`${about['name'] ?? ''} ${about['version'] ?? ''} (${about['license'] ?? ''})\n\n${text.trim()}\n`)
      }
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) })
    },
  }
}

const server = process.env['HADIR_SERVER'] ?? 'http://localhost:5000'
// The server lets in only requests of its own page: the proxy makes them look so.
const proxied = { target: server, changeOrigin: true, headers: { origin: server } }

export default defineConfig({
  plugins: [react(), tailwindcss(), licences(), compressed()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: {
    proxy: {
      '/api': proxied,
      '/healthz': proxied,
      '/socket.io': { ...proxied, ws: true },
    },
  },
  build: {
    outDir: process.env['HADIR_PAGE_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is put into the page as a data: address; the content security policy forbids it for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test-setup.ts'] },
})

/** What a browser without a session sees. No script, no form: the way in is the address that Frontstock itself opens. */
export function signInPage(nonce: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>前线物资 Frontstock</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1.5rem }
h1 { font-size: 1.4rem }
</style>
</head>
<body>
<main>
<h1>前线物资 Frontstock</h1>
<p>此窗口尚未登录，或登录已结束。请重新启动前线物资，或打开启动时显示的地址（每个地址只能使用一次）。</p>
<p lang="en">This window is not signed in, or its session has ended. Start Frontstock again, or open the address that it
prints when it starts (each address works once).</p>
</main>
</body>
</html>
`
}

package io.hypha.rpc.benchmarks.table

import java.nio.file.Files
import java.nio.file.Path

/** The packages of the JavaScript processes. */
internal object JavaScriptClient {
    /** Installs what the lock file in [scripts] says, unless that is there already. */
    fun install(scripts: Path) {
        val lock = scripts.resolve("package-lock.json")
        val installed = scripts.resolve("node_modules/.package-lock.json")
        if (Files.exists(installed) && Files.getLastModifiedTime(installed) >= Files.getLastModifiedTime(lock)) return
        val npm =
            ProcessBuilder("npm", "ci", "--prefer-offline", "--no-progress", "--loglevel=error")
                .directory(scripts.toFile())
                .inheritIO()
                .start()
        check(npm.waitFor() == 0) { "npm ci failed in $scripts" }
    }
}

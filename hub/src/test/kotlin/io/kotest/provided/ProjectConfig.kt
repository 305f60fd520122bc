package io.kotest.provided

import io.hypha.rpc.hub.SpecWatch
import io.kotest.core.config.AbstractProjectConfig
import io.kotest.core.extensions.Extension

/** Kotest looks for it under this name. */
class ProjectConfig : AbstractProjectConfig() {
    override val extensions: List<Extension> = listOf(SpecWatch())
}

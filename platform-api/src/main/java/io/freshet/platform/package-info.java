/** The control plane as an application: what it starts, and the settings that it starts with. */
@NullMarked
package io.freshet.platform;

import org.jspecify.annotations.NullMarked;

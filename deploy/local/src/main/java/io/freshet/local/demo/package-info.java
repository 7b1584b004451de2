/** The demonstration: the main job on real flights, with an independent check of every answer. */
@NullMarked
package io.freshet.local.demo;

import org.jspecify.annotations.NullMarked;

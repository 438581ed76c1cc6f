/** QR codes (ISO/IEC 18004) of a text: as inline SVG, PNG or blocks in a terminal. Nothing is drawn outside the process. */
package io.github.totpguard.core.qr;

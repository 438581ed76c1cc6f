package io.github.totpguard.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The start of the demo")
class DemoTest {

    @Test
    @DisplayName("a port in use is refused, with the setting that changes it; a free one is not")
    void ports() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(DemoSettings.ADDRESS, 0));
            port = other.getLocalPort();
            assertThatThrownBy(() -> Demo.requireFree(port, "demo.site.port"))
                    .isInstanceOf(DemoFailure.class)
                    .hasMessageContaining("Port " + port + " is in use")
                    .hasMessageContaining("-Ddemo.site.port=");
        }
        assertThatCode(() -> Demo.requireFree(port, "demo.site.port")).doesNotThrowAnyException();
    }
}

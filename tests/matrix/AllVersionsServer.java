// java AllVersionsServer.java KEYSTORE.p12 PASSWORD PORT PROTOCOL...
// Serves every suite that Java still has, SSLv3, 3DES and RC4 among them, to one connection after another.
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.Security;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

public final class AllVersionsServer {
    public static void main(String[] args) throws Exception {
        for (String property : new String[] {"jdk.tls.disabledAlgorithms", "jdk.tls.legacyAlgorithms", "jdk.certpath.disabledAlgorithms"}) {
            Security.setProperty(property, "");
        }

        char[] password = args[1].toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new FileInputStream(args[0]), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
            .createServerSocket(Integer.parseInt(args[2]), 100, InetAddress.getByName("127.0.0.1"));
        listener.setEnabledProtocols(Arrays.copyOfRange(args, 3, args.length));
        listener.setEnabledCipherSuites(listener.getSupportedCipherSuites());
        while (true) {
            SSLSocket socket = (SSLSocket) listener.accept();
            new Thread(() -> {
                try (socket) {
                    socket.setSoTimeout(5000);
                    socket.startHandshake();
                    socket.getInputStream().read();
                } catch (IOException e) {
                    System.out.println(e);
                }
            }).start();
        }
    }
}

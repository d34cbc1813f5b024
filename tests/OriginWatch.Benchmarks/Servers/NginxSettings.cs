namespace OriginWatch.Benchmarks.Servers;

/// <summary>nginx.conf. No session cache and no tickets: every handshake is a full one.</summary>
internal static class NginxSettings
{
    public static string Render(WorkFolder folder, string vhosts) =>
        $$"""
            daemon off; worker_processes 2; pid {{folder.File("nginx.pid")}}; error_log {{folder.File("nginx.err")}} error;
            events { worker_connections 8192; }
            http {
              access_log off; ssl_session_cache off; ssl_session_tickets off; server_names_hash_max_size 8192; server_names_hash_bucket_size 128;
              client_body_temp_path {{folder.File("body")}}; proxy_temp_path {{folder.File("proxy")}}; fastcgi_temp_path {{folder.File(
                "fastcgi"
            )}};
              uwsgi_temp_path {{folder.File("uwsgi")}}; scgi_temp_path {{folder.File("scgi")}};
            {{vhosts}}
            }
            """;
}
